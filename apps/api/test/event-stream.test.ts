import { createServer } from "node:http";
import { connect } from "node:net";
import type { AddressInfo, Socket } from "node:net";
import express from "express";
import type { Response } from "express";
import { expect, onTestFinished, test } from "vitest";
import { openEventStream } from "../src/requests/event-stream.ts";
import type { EventStream } from "../src/requests/event-stream.ts";

/** A stream to a reader who never reads, opened when `ready` is done with the connection. */
async function streamToNobody(ready: (reader: Socket, answer: Response) => Promise<void>): Promise<EventStream> {
  const opened = Promise.withResolvers<EventStream>();
  const app = express();
  app.get("/", (request, response) => {
    ready(socket, response).then(() => opened.resolve(openEventStream(request, response)), opened.reject);
  });
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  const socket = connect(address.port, "127.0.0.1").pause();
  socket.on("error", () => undefined);
  socket.write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
  onTestFinished(() => {
    socket.destroy();
    server.closeAllConnections();
    server.close();
  });
  return opened.promise;
}

test("a reader who takes nothing is cut off before much waits for them", async () => {
  const stream = await streamToNobody(() => Promise.resolve());
  const chunk = Buffer.alloc(16 * 1024, "x");
  let most = 0;
  // What the kernel takes for the connection is not ours to bound; it takes no more than this.
  for (let sent = 0; sent < 4_096 && !stream.gone.aborted; sent++) {
    stream.send(chunk);
    most = Math.max(most, stream.progress().waiting);
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(stream.gone.aborted).toBe(true);
  expect(most).toBeLessThan(160 * 1024);
  // Nothing waits for ever for room that never comes.
  await stream.room();
});

test("a reader who left before the stream began is gone from its beginning", async () => {
  const stream = await streamToNobody((reader, answer) => {
    const left = new Promise<void>((resolve) => answer.once("close", resolve));
    reader.destroy();
    return left;
  });
  expect(stream.gone.aborted).toBe(true);
  stream.send(Buffer.from("x"));
  stream.end();
});
