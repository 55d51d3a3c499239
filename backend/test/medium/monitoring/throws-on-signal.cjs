/** Loaded before the backend: a signal makes an error that nobody catches. */
process.on('SIGUSR2', () => {
  throw new TypeError('canary');
});
process.on('SIGHUP', () => {
  void Promise.reject(new TypeError('canary'));
});
