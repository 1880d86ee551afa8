// The two programs under test, `quaygate simulate` and `quaygate serve`, set up as ../setup.json or
// another file beside it says.
import {execFile, spawn} from 'node:child_process';
import {createHash, randomBytes} from 'node:crypto';
import {once} from 'node:events';
import {mkdtemp, readdir, readFile, rm, writeFile} from 'node:fs/promises';
import net from 'node:net';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {promisify} from 'node:util';

const startTime = 20_000;
const stopTime = 10_000;
const hangUpTime = 5_000;

// What must be found nowhere: the key of the upstream and the key that the clients send.
export const upstreamKey = `canary-upstream-${randomBytes(12).toString('hex')}`;
export const clientKey = `canary-client-${randomBytes(12).toString('hex')}`;

/** A program that runs until it is told to stop; all it prints is kept. */
export class Program {
    output = '';
    #child;
    #exited;

    constructor(args, env) {
        this.name = `quaygate ${args[0]}`;
        this.#child = spawn(process.env.QUAYGATE, args, {env, stdio: ['ignore', 'pipe', 'pipe']});
        for (const stream of [this.#child.stdout, this.#child.stderr])
            stream.setEncoding('utf8').on('data', text => (this.output += text));
        this.#exited = new Promise((resolve, reject) => {
            this.#child.on('error', reject);
            this.#child.on('close', (code, signal) => resolve({code, signal}));
        });
    }

    /** The first match of `pattern` in what the program has printed or will print. */
    printed(pattern) {
        return new Promise((resolve, reject) => {
            const fail = reason => reject(new Error(`${this.name} ${reason}:\n${this.output}`));
            const timer = setTimeout(() => fail('did not say that it is ready'), startTime);
            const look = () => {
                const match = pattern.exec(this.output);
                if (!match)
                    return;
                clearTimeout(timer);
                resolve(match);
            };
            this.#child.stdout.on('data', look);
            this.#child.stderr.on('data', look);
            this.#exited.then(({code, signal}) => {
                clearTimeout(timer);
                fail(`ended with ${code ?? signal}`);
            }, reject);
            look();
        });
    }

    /** Ends the program the way a service manager does; how it ended. */
    async stop() {
        this.#child.kill('SIGTERM');
        const timer = setTimeout(() => this.#child.kill('SIGKILL'), stopTime);
        try {
            return await this.#exited;
        } finally {
            clearTimeout(timer);
        }
    }
}

/** Stands between gateway and simulator, passes all bytes, and sees when the gateway hangs up. */
class Tap {
    open = 0;
    #server;

    static async start(targetUrl) {
        const {hostname, port} = new URL(targetUrl);
        const tap = new Tap();
        tap.#server = net.createServer(gateway => {
            ++tap.open;
            const simulator = net.connect({host: hostname, port});
            gateway.pipe(simulator).pipe(gateway);
            gateway.on('error', () => {}); // 'close' follows
            simulator.on('error', () => gateway.destroy());
            simulator.on('close', () => gateway.destroy());
            gateway.on('close', () => {
                --tap.open;
                simulator.destroy();
                tap.#server.emit('hung up');
            });
        });
        tap.#server.listen(0, '127.0.0.1');
        await once(tap.#server, 'listening');
        tap.url = `http://127.0.0.1:${tap.#server.address().port}`;
        return tap;
    }

    /** Fails if the gateway keeps a connection. */
    async allClosed() {
        const signal = AbortSignal.timeout(hangUpTime);
        while (this.open > 0)
            await once(this.#server, 'hung up', {signal});
    }

    stop() {
        this.#server.close();
    }
}

/** Makes client keys with `quaygate client-key`; each by its name. */
async function makeClientKeys(wanted, configFile, env) {
    const keys = {};
    for (const [name, more] of Object.entries(wanted)) {
        const args = ['client-key', 'add', name, ...more, '--config', configFile];
        const {stdout} = await promisify(execFile)(process.env.QUAYGATE, args, {env, timeout: startTime});
        keys[name] = stdout.replace(/\n$/, '');
    }
    return keys;
}

/** Starts both; `url` is the gateway's. */
export async function startSystem(setupFile = 'setup.json') {
    const folder = await mkdtemp(path.join(tmpdir(), 'quaygate-clients-'));
    const env = {
        ...process.env,
        HOME: folder,
        XDG_CONFIG_HOME: path.join(folder, 'config'),
        XDG_DATA_HOME: path.join(folder, 'data'),
        QT_QPA_PLATFORM: 'offscreen',
        QUAYGATE_TEST_KEY: upstreamKey,
        QUAYGATE_TEST_WRONG_KEY: `${upstreamKey}-wrong`,
    };
    const setup = JSON.parse(await readFile(path.join(process.env.QUAYGATE_SETUPS, setupFile), 'utf8'));
    const simulator = new Program(
        ['simulate', '--port', '0', '--key-env', 'QUAYGATE_TEST_KEY',
            ...setup.deployments.flatMap(deployment => ['--deployment', deployment])],
        env);
    const [, simulatorUrl] = await simulator.printed(/^simulator listening on (http:\/\/\S+)$/m);

    const configFile = path.join(folder, 'config.json');
    const tap = await Tap.start(simulatorUrl);
    const config = JSON.stringify(setup.config, null, 2)
        .replaceAll('SIMULATOR', simulatorUrl)
        .replaceAll('TAP', tap.url)
        .replaceAll('CLIENT_KEY_HASH', `sha256:${createHash('sha256').update(clientKey).digest('hex')}`);
    await writeFile(configFile, config, {mode: 0o600});
    const clientKeys = await makeClientKeys(setup.clientKeys ?? {}, configFile, env);
    const gateway = new Program(['serve', '--config', configFile, '--port', '0'], env);
    const [, url] = await gateway.printed(/^listening on (http:\/\/\S+)$/m);
    return {url, gateway, simulator, tap, folder, clientKeys};
}

/** Every file under a folder, as [path, text]. */
export async function filesUnder(folder) {
    const found = [];
    for (const entry of await readdir(folder, {withFileTypes: true})) {
        const file = path.join(folder, entry.name);
        if (entry.isDirectory())
            found.push(...(await filesUnder(file)));
        else if (entry.isFile())
            found.push([file, await readFile(file, 'latin1')]);
    }
    return found;
}

export async function removeFolder(folder) {
    await rm(folder, {recursive: true, force: true});
}
