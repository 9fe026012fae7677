import { complete, inspect, isComplete } from "./code-requests";
import { Comms } from "./comms";
import type { Compiler } from "./compiler/types";
import { CHANNELS, type Connection } from "./connection";
import { Debugger } from "./debugger/debugger";
import { Executor } from "./executor";
import { Garbage } from "./garbage";
import { History } from "./history";
import { kernelInfo } from "./kernel-info";
import { LastWords, type WrittenMessage } from "./last-words";
import type { MemoryWatch } from "./memory-watch";
import { Output } from "./output";
import type { CodeRequest, ExecuteRequest, Json, Message } from "./protocol";
import { Publisher } from "./publisher";
import type { RemoteRunner } from "./remote-runner";
import type { RingReader } from "./ring";
import type { RunnerReport } from "./runner/messages";
import { type Handler, type RequestChannel, Session } from "./session";
import { openSockets } from "./sockets";
import { Stdin } from "./stdin";
import { openWire } from "./wire";

/** What the kernel's protocol is built on. */
export type KernelParts = {
  connection: Connection;
  ring: RingReader;
  /** Hands over what the main thread has sent so far. */
  deliver(): void;
  runner: RemoteRunner;
  memory: MemoryWatch;
  compiler: Promise<Compiler>;
  /** Called when a client has asked for the kernel's end, after everything was sent. */
  onShutdown(): void;
};

/** The Jupyter side of the kernel: sockets, requests, outputs. */
export type Kernel = {
  /** Takes what the main thread tells. */
  report(report: RunnerReport): void;
  /** Ends a running cell, sends what is waiting, closes the sockets. */
  close(): Promise<void>;
};

/** Binds the sockets of a connection and serves its clients. */
export async function serveKernel({
  connection,
  ring,
  deliver,
  runner,
  memory,
  compiler,
  onShutdown,
}: KernelParts): Promise<Kernel> {
  const wire = openWire(connection.key, connection.signature_scheme);
  const sockets = await openSockets(connection);
  const publisher = new Publisher(wire, sockets);
  const output = new Output(publisher, ring, deliver);
  const stdin = new Stdin(publisher, output);
  const history = new History();
  const lastWords = new LastWords(connection);
  const garbage = new Garbage(() => memory.isNear, collectCheckersGarbage);
  const debugging = new Debugger((event) => publisher.publish("debug_event", event));
  const mainThread = debugging.watch(runner);
  const executor = new Executor(compiler, mainThread, output, history);
  const comms = new Comms(publisher, output, mainThread);
  const session = new Session(wire, publisher, {
    sequential: sequential(),
    immediate: immediate(),
    aborted: (message) => void executor.skip(message as unknown as Message<ExecuteRequest>).catch(() => {}),
  });
  let executing: { message: Message; channel: RequestChannel } | undefined;
  memory.start({
    onHeavy: () => lastWords.leave(writtenEnd()),
    onLimit: (error) => runner.stop(error),
  });
  sockets.listen({
    message: (channel, frames) => {
      if (channel === "stdin") answerInput(frames);
      else session.receive(channel, frames);
    },
    subscription: (topic) => publisher.publish("iopub_welcome", { subscription: topic }),
  });
  compiler.then(() => garbage.rest()).catch(() => {});
  publisher.publish("status", { execution_state: "starting" });

  function collectCheckersGarbage(): void {
    compiler.then((opened) => opened.collectGarbage()).catch(() => {});
  }

  function sequential(): Record<string, Handler> {
    return {
      execute_request: async (message, channel) => {
        executing = { message, channel };
        lastWords.forget();
        const ended = memory.work();
        try {
          return await executor.execute(message as unknown as Message<ExecuteRequest>);
        } finally {
          executing = undefined;
          ended();
          garbage.rest();
          lastWords.forget();
          stdin.cancel();
        }
      },
      comm_open: (message) => comms.deliver(message),
      comm_msg: (message) => comms.deliver(message),
      comm_close: (message) => comms.deliver(message),
    };
  }

  /** What is left to say if the process ends at once. */
  function writtenEnd(): WrittenMessage[] {
    const error = memory.sudden;
    if (!executing) {
      const parent = output.parentOf(runner.cell);
      return parent ? [publisher.written("iopub", "error", error, parent)] : [];
    }
    const { message, channel } = executing;
    const reply = { status: "error", ...error, execution_count: executor.executionCount };
    return [
      publisher.written("iopub", "error", error, message),
      publisher.written("iopub", "status", { execution_state: "idle" }, message),
      publisher.written(channel, "execute_reply", reply, message),
    ];
  }

  function immediate(): Record<string, Handler> {
    const onCode = (answer: (compiler: Compiler, request: CodeRequest) => Promise<Json>): Handler => {
      return async ({ content }) => answer(await compiler, content as CodeRequest);
    };
    return {
      kernel_info_request: kernelInfo,
      connect_request: () => ({
        status: "ok",
        ...Object.fromEntries(CHANNELS.map((channel) => [`${channel}_port`, connection[`${channel}_port`]])),
      }),
      complete_request: onCode(complete),
      inspect_request: onCode(inspect),
      is_complete_request: onCode(isComplete),
      history_request: ({ content }) => ({ status: "ok", history: history.select(content) }),
      comm_info_request: ({ content }) => ({ status: "ok", comms: comms.info(content.target_name) }),
      interrupt_request: async () => {
        await executor.interrupt();
        return { status: "ok" };
      },
      shutdown_request: ({ content }) => {
        setImmediate(onShutdown);
        return { status: "ok", restart: content.restart === true };
      },
      debug_request: ({ content }) => debugging.answer(content),
    };
  }

  function answerInput(frames: Buffer[]): void {
    const message = session.parse("stdin", frames);
    if (message?.header.msg_type === "input_reply") stdin.answer(message);
  }

  return {
    report(report) {
      switch (report.type) {
        case "wake":
          return output.wake();
        case "display": {
          const { content, update, cell, position } = report;
          return output.publish(update ? "update_display_data" : "display_data", content, cell, position);
        }
        case "clear":
          return output.publish("clear_output", { wait: report.wait }, report.cell, report.position);
        case "error":
          return output.publish("error", report.error, report.cell, report.position);
        case "comm":
          return comms.publish(report);
        case "input":
          return stdin.ask(report);
        case "finished":
          output.flush(report.position);
      }
      runner.report(report);
    },
    async close() {
      const stopped = session.stop();
      await executor.interrupt();
      debugging.close();
      await stopped;
      output.flush();
      lastWords.close();
      memory.close();
      garbage.close();
      await sockets.close();
    },
  };
}
