#!/usr/bin/env node
// What our compose file asks of mailpit: it takes every mail on 1025, lists them on 8025, and `readyz` asks whether it does.
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';

const SMTP_PORT = 1025;
const WEB_PORT = 8025;

if (process.argv[2] === 'readyz') {
  const answer = await fetch(`http://127.0.0.1:${WEB_PORT}/readyz`).catch(() => null);
  process.exit(answer?.ok ? 0 : 1);
}

const messages = [];

const smtp = createServer((socket) => {
  let rest = '';
  let body = null;
  const answer = (text) => socket.write(`${text}\r\n`);
  const take = (line) => {
    if (body && line !== '.') return body.push(line);
    if (body) {
      messages.unshift({ Subject: /^Subject: (.*)$/m.exec(body.join('\n'))?.[1] ?? '' });
      body = null;
      return answer('250 taken');
    }
    const verb = line.slice(0, 4).toUpperCase();
    if (verb === 'DATA') body = [];
    if (verb === 'QUIT') return socket.end('221 bye\r\n');
    return answer(verb === 'DATA' ? '354 go on' : '250 good');
  };
  socket.on('error', () => {});
  socket.on('data', (chunk) => {
    const lines = (rest + chunk).split('\r\n');
    rest = lines.pop();
    lines.forEach(take);
  });
  answer('220 a stand-in');
});
smtp.listen(SMTP_PORT);

const web = createHttpServer((request, response) => {
  const list = request.url.startsWith('/api/v1/messages');
  response.setHeader('content-type', 'application/json');
  response.end(list ? JSON.stringify({ total: messages.length, messages }) : '"ok"');
});
web.listen(WEB_PORT);

process.on('SIGTERM', () => process.exit(0));
