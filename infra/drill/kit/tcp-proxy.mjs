import { connect, createServer } from 'node:net';

/**
 * A wire that can be cut or go silent. `cut` resets every connection and refuses new ones; `stall` keeps them open and
 * passes nothing on, like a network that loses every packet; `restore` makes it whole again, and what was held back
 * arrives.
 */
export async function openTcpProxy(port, host = '127.0.0.1') {
  let state = 'whole';
  const pairs = new Set();
  const server = createServer({ allowHalfOpen: false }, (near) => {
    if (state === 'cut') return near.resetAndDestroy();
    const pair = joinSockets(near, connect(port, host));
    pairs.add(pair);
    near.once('close', () => pairs.delete(pair));
    if (state === 'stalled') pair.hold();
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const become = (next, change) => {
    state = next;
    for (const pair of pairs) change(pair);
  };
  return {
    port: server.address().port,
    cut: () => become('cut', (pair) => pair.reset()),
    stall: () => become('stalled', (pair) => pair.hold()),
    restore: () => become('whole', (pair) => pair.pass()),
    async close() {
      become('cut', (pair) => pair.reset());
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function joinSockets(near, far) {
  const directions = [
    [near, far],
    [far, near],
  ];
  const pass = () => directions.forEach(([from, to]) => from.pipe(to));
  const hold = () =>
    directions.forEach(([from, to]) => {
      from.unpipe(to);
      from.pause();
    });
  const reset = () => {
    near.resetAndDestroy();
    far.destroy();
  };
  for (const [socket, other] of directions) {
    socket.on('error', () => other.destroy());
    socket.once('close', () => other.destroy());
  }
  pass();
  return { pass, hold, reset };
}
