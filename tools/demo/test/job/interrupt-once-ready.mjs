// Loaded into the job by a test: interrupts it as soon as it listens for that.
const timer = setInterval(() => {
  if (process.listenerCount("SIGINT") === 0) return;
  clearInterval(timer);
  process.kill(process.pid, "SIGINT");
}, 5);
