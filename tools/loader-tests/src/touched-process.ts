const CALLABLE = ["exit", "kill", "abort", "chdir", "uptime", "cpuUsage"] as const;
const STREAMS = { stdout: "write", stderr: "write", stdin: "read" } as const;

/**
 * What of the host's process `run` used or changed: names of functions, and of state. The functions do
 * nothing meanwhile.
 */
export function touchedProcess(run: () => void): readonly string[] {
  const touched: string[] = [];
  const restore: (() => void)[] = [];
  const watch = (owner: object, member: string, name: string): void => {
    const before = Object.getOwnPropertyDescriptor(owner, member);
    const value = () => void touched.push(name);
    Object.defineProperty(owner, member, { value, configurable: true, writable: true });
    restore.push(() => {
      if (before === undefined) Reflect.deleteProperty(owner, member);
      else Object.defineProperty(owner, member, before);
    });
  };
  for (const member of CALLABLE) watch(process, member, member);
  for (const [stream, member] of Object.entries(STREAMS)) {
    // Its keys are streams of a process.
    watch(process[stream as keyof typeof STREAMS], member, `${stream}.${member}`);
  }
  const before = stateOfProcess();
  try {
    run();
  } finally {
    for (const each of restore) each();
  }
  const after = stateOfProcess();
  return [...touched, ...Object.keys(before).filter((name) => before[name] !== after[name])];
}

function stateOfProcess(): Readonly<Record<string, unknown>> {
  const { env, argv, exitCode } = process;
  return { env: JSON.stringify(env), argv: argv.join("\n"), cwd: process.cwd(), exitCode };
}
