// Loaded into every process the launcher starts: when the launcher is killed, its end of the channel closes, and the
// process leaves in its own orderly way instead of holding its port for ever.
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
process.channel?.unref();
