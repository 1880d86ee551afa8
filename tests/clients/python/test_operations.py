"""Every operation of the package `openai` but chat and embeddings, through the root of a running gateway,
where the model chooses the backend."""

import asyncio
import io
import json
import unittest
import wave

import openai
from system import CLIENT_KEY, System

MODEL = "azure-v1"  # the name of a backend


def tone():
    """A second of silence as WAV."""
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(bytes(16000))
    return ("tone.wav", file.getvalue(), "audio/wav")


class OperationsTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.system = System()
        cls.client = openai.OpenAI(
            base_url=f"{cls.system.url}/v1", api_key=CLIENT_KEY, max_retries=0, timeout=20
        )
        cls.azure = openai.AzureOpenAI(
            azure_endpoint=cls.system.url,
            api_key=CLIENT_KEY,
            api_version="2025-04-01-preview",
            # The library speaks TLS to every other address of Realtime.
            websocket_base_url=f"{cls.system.url.replace('http', 'ws', 1)}/openai",
            max_retries=0,
            timeout=20,
        )

    @classmethod
    def tearDownClass(cls):
        cls.client.close()
        cls.azure.close()
        codes = (cls.system.gateway.stop(), cls.system.simulator.stop())
        cls.system.tap.stop()
        cls.system.remove_folder()
        assert codes == (0, 0), codes

    def each(self):
        for client in (self.client, self.azure):
            with self.subTest(type(client).__name__):
                yield client

    def test_models(self):
        for client in self.each():
            names = {model.id for model in client.models.list()}
            self.assertTrue({"azure-openai", "chat", "fast", "embed"} <= names, names)
            self.assertEqual(client.models.retrieve("fast").id, "fast")
            with self.assertRaises(openai.NotFoundError):
                client.models.retrieve("nobody")

    def test_unknown_model(self):
        for client in self.each():
            with self.assertRaises(openai.NotFoundError) as caught:
                client.chat.completions.create(
                    model="nobody", messages=[{"role": "user", "content": "Hi"}]
                )
            self.assertEqual(caught.exception.code, "model_not_found")
            self.assertIn("fast", caught.exception.message)

    def test_signed_in_with_entra_id(self):
        for client in self.each():
            for model in ("app", "identity"):
                answer = client.chat.completions.create(
                    model=model, messages=[{"role": "user", "content": "Of otters"}]
                )
                self.assertIn("otters", answer.choices[0].message.content)
            with self.assertRaises(openai.InternalServerError) as caught:
                client.responses.create(model="app-wrong", input="Hi")
            self.assertEqual(caught.exception.code, "sign_in_failed")
            self.assertIn("client secret", caught.exception.message)

    def test_alias(self):
        for client in self.each():
            answer = client.chat.completions.create(
                model="gpt-any-turbo", messages=[{"role": "user", "content": "Of otters"}]
            )
            self.assertIn("otters", answer.choices[0].message.content)

    def test_response(self):
        for client in self.each():
            response = client.responses.create(model=MODEL, input="Tell me about harbours.")
            self.assertEqual(response.status, "completed")
            self.assertIn("harbours", response.output_text)
            self.assertGreater(response.usage.output_tokens, 0)
            again = client.responses.retrieve(response.id)
            self.assertEqual(again.output_text, response.output_text)
            items = list(client.responses.input_items.list(response.id))
            self.assertEqual(len(items), 1)
            client.responses.delete(response.id)
            with self.assertRaises(openai.NotFoundError):
                client.responses.retrieve(response.id)

    def test_response_stream(self):
        for client in self.each():
            with client.responses.stream(model=MODEL, input="Tell me about ropes.") as stream:
                numbers, text = [], ""
                for event in stream:
                    numbers.append(event.sequence_number)
                    if event.type == "response.output_text.delta":
                        text += event.delta
                final = stream.get_final_response()
            self.assertEqual(numbers, list(range(len(numbers))))
            self.assertEqual(final.output_text, text)
            self.assertIn("ropes", text)

    def test_response_in_the_background(self):
        response = self.client.responses.create(model=MODEL, input="Wait.", background=True)
        cancelled = self.client.responses.cancel(response.id)
        self.assertIn(cancelled.status, ("cancelled", "completed"))

    def test_response_error(self):
        for client in self.each():
            with self.assertRaises(openai.BadRequestError):
                client.responses.create(model=MODEL, input="Hi", previous_response_id="resp_none")

    def test_chat_of_a_deployment_that_has_only_responses(self):
        for client in self.each():
            answer = client.chat.completions.create(
                model="codex", messages=[{"role": "user", "content": "Tell me about kelp."}]
            )
            self.assertIn("kelp", answer.choices[0].message.content)
            self.assertEqual(answer.choices[0].finish_reason, "stop")
            text = ""
            for chunk in client.chat.completions.create(
                model="codex",
                messages=[{"role": "user", "content": "Tell me about kelp."}],
                stream=True,
            ):
                text += chunk.choices[0].delta.content or "" if chunk.choices else ""
            self.assertIn("kelp", text)

    def test_responses_of_a_deployment_that_has_only_chat(self):
        for client in self.each():
            response = client.responses.create(model="old", input="Tell me about whales.")
            self.assertIn("whales", response.output_text)
            with client.responses.stream(model="old", input="Tell me about whales.") as stream:
                events = [event.type for event in stream]
                self.assertIn("whales", stream.get_final_response().output_text)
            self.assertEqual(events[0], "response.created")
            self.assertEqual(events[-1], "response.completed")

    def test_images(self):
        for client in self.each():
            made = client.images.generate(model="draw", prompt="A quay", size="1024x1024")
            self.assertTrue(made.data[0].b64_json.startswith("iVBOR"))
            edited = client.images.edit(
                model="draw",
                prompt="At night",
                image=("quay.png", made_bytes(made), "image/png"),
            )
            self.assertTrue(edited.data[0].b64_json.startswith("iVBOR"))
            with self.assertRaises(openai.BadRequestError):
                client.images.generate(model="draw", prompt="A quay", size="1x1")

    def test_audio(self):
        for client in self.each():
            heard = client.audio.transcriptions.create(model="listen", file=tone())
            self.assertIn("tone.wav", heard.text)
            timed = client.audio.transcriptions.create(
                model="listen", file=tone(), response_format="verbose_json"
            )
            self.assertAlmostEqual(float(timed.duration), 1.0, places=1)
            translated = client.audio.translations.create(model="listen", file=tone())
            self.assertTrue(translated.text)
            spoken = client.audio.speech.create(
                model="speak", voice="alloy", input="Cast off", response_format="wav"
            )
            with wave.open(io.BytesIO(spoken.read())) as sound:
                self.assertGreater(sound.getnframes(), 0)

    def test_files_and_batches(self):
        for client in self.each():
            line = {
                "custom_id": "1",
                "method": "POST",
                "url": "/v1/chat/completions" if client is self.client else "/chat/completions",
                "body": {"model": MODEL, "messages": [{"role": "user", "content": "Of gulls"}]},
            }
            data = json.dumps(line).encode() + b"\n"
            file = client.files.create(file=("lines.jsonl", data), purpose="batch")
            self.assertEqual(client.files.content(file.id).read(), data)
            self.assertIn(file.id, [one.id for one in client.files.list()])
            batch = client.batches.create(
                input_file_id=file.id, endpoint=line["url"], completion_window="24h"
            )
            self.assertEqual(client.batches.retrieve(batch.id).id, batch.id)
            self.assertIn(client.batches.cancel(batch.id).status, ("cancelling", "cancelled", "completed"))
            self.assertTrue(client.files.delete(file.id).deleted)

    def test_realtime(self):
        for client in self.each():
            with client.realtime.connect(model="talk") as connection:
                connection.session.update(
                    session={"type": "realtime", "output_modalities": ["text"]}
                )
                connection.conversation.item.create(
                    item={
                        "type": "message",
                        "role": "user",
                        "content": [{"type": "input_text", "text": "Of otters"}],
                    }
                )
                connection.response.create()
                types, text = [], ""
                for event in connection:
                    types.append(event.type)
                    if event.type == "response.output_text.delta":
                        text += event.delta
                    if event.type == "response.done":
                        break
            self.assertEqual(types[0], "session.created")
            self.assertIn("session.updated", types)
            self.assertIn("otters", text)

    def test_asynchronous(self):
        async def ask(kind, **where):
            async with kind(api_key=CLIENT_KEY, max_retries=0, timeout=20, **where) as client:
                response = await client.responses.create(model=MODEL, input="Of seals")
                self.assertIn("seals", response.output_text)
                text = ""
                stream = await client.responses.create(model=MODEL, input="Of seals", stream=True)
                async for event in stream:
                    if event.type == "response.output_text.delta":
                        text += event.delta
                self.assertIn("seals", text)
                spoken = await client.audio.speech.create(
                    model="speak", voice="alloy", input="Ahoy", response_format="pcm"
                )
                self.assertGreater(len(await spoken.aread()), 0)

        asyncio.run(ask(openai.AsyncOpenAI, base_url=f"{self.system.url}/v1"))
        asyncio.run(
            ask(
                openai.AsyncAzureOpenAI,
                azure_endpoint=self.system.url,
                api_version="2025-04-01-preview",
            )
        )


def made_bytes(images):
    import base64

    return base64.b64decode(images.data[0].b64_json)


if __name__ == "__main__":
    unittest.main()
