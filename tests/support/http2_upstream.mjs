// An HTTP/2 upstream for tests: `node http2_upstream.mjs KEY CERTIFICATE`. Prints "listening PORT", then a
// line for each session, its end, and each request.
import {createSecureServer, constants} from 'node:http2';
import {readFileSync} from 'node:fs';

const [key, cert] = process.argv.slice(2).map((path) => readFileSync(path));
const server = createSecureServer({key, cert, allowHTTP1: true});
const say = (line) => process.stdout.write(line + '\n');
let misbehaved = 0;

const answers = {
    '/ok': (stream, body) => {
        stream.respond({':status': 200, 'x-one': '1', 'set-cookie': ['a', 'b']});
        stream.end('hello ' + body.length);
    },
    '/none': (stream) => stream.respond({':status': 204}, {endStream: true}),
    '/hints': (stream) => {
        stream.additionalHeaders({':status': 103, 'link': '<a>'});
        stream.respond({':status': 200});
        stream.end('hello');
    },
    '/trailers': (stream) => {
        stream.removeAllListeners('wantTrailers'); // node's own, which would send none
        stream.respond({':status': 200}, {waitForTrailers: true});
        stream.once('wantTrailers', () => stream.sendTrailers({'x-trailer': '1'}));
        stream.end('hello');
    },
    '/stream': (stream) => {
        stream.respond({':status': 200});
        stream.write('hello');
    },
    '/hold': () => {},
    '/reset': (stream) => stream.close(constants.NGHTTP2_INTERNAL_ERROR),
    '/reset-in-body': (stream) => {
        stream.respond({':status': 200});
        stream.write('hello', () => stream.destroy(new Error('asked for')));
    },
    '/refused-once': (stream) => {
        if (misbehaved++ === 0) {
            stream.close(constants.NGHTTP2_REFUSED_STREAM);
            return;
        }
        stream.respond({':status': 200});
        stream.end('hello');
    },
    '/goaway-after': (stream) => {
        stream.respond({':status': 200});
        stream.end('hello');
        stream.session.goaway(constants.NGHTTP2_NO_ERROR);
    },
    // Says that this very request was not looked at, which may be sent again elsewhere.
    '/goaway-before-once': (stream) => {
        if (misbehaved++ === 0) {
            stream.session.goaway(constants.NGHTTP2_NO_ERROR, stream.id - 2 > 0 ? stream.id - 2 : 0);
            stream.session.destroy();
            return;
        }
        stream.respond({':status': 200});
        stream.end('hello');
    },
    '/goaway-in-body': (stream) => {
        stream.respond({':status': 200});
        stream.write('hello', () => stream.session.destroy(new Error('asked for'), constants.NGHTTP2_ENHANCE_YOUR_CALM));
    },
    '/large': (stream) => {
        stream.respond({':status': 200});
        const piece = Buffer.alloc(1024 * 1024, 'x');
        let left = 128;
        const more = () => {
            while (left > 0) {
                --left;
                if (!stream.write(piece)) {
                    stream.once('drain', more);
                    return;
                }
            }
            say('large written');
            stream.end();
        };
        more();
    },
};

server.on('session', (session) => {
    say('session');
    session.on('error', () => {});
    session.on('close', () => say('session closed'));
});
server.on('request', (request, response) => {
    if (request.httpVersion !== '2.0')
        response.end('version ' + request.httpVersion);
});
server.on('stream', (stream, headers) => {
    say(`request ${headers[':method']} ${headers[':path']} ${headers['api-key'] ?? '-'}`);
    stream.on('error', () => {});
    const pieces = [];
    stream.on('data', (piece) => pieces.push(piece));
    stream.on('end', () => answers[headers[':path']](stream, Buffer.concat(pieces)));
});
server.listen(0, '127.0.0.1', () => say('listening ' + server.address().port));
process.stdin.on('close', () => process.exit(0)).resume();
