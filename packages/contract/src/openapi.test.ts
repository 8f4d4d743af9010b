import { describe, expect, test } from "vitest";
import { openapi } from "./openapi.ts";
import { problemSchema } from "./problem.ts";
import { validationEventSchema, validationRequestSchema } from "./validations.ts";
import { z } from "./zod.ts";

const documentSchema = z.object({
  openapi: z.string(),
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.object({
        operationId: z.string(),
        summary: z.string(),
        responses: z.record(
          z.string(),
          z.object({ description: z.string().min(1), content: z.record(z.string(), z.unknown()).optional() }),
        ),
      }),
    ),
  ),
  components: z.object({ schemas: z.record(z.string(), z.unknown()) }),
});

const examplesSchema = z.object({ examples: z.record(z.string(), z.object({ value: z.unknown() })) });

const text = JSON.stringify(openapi());
const document = documentSchema.parse(JSON.parse(text));
const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods));

describe("the OpenAPI document", () => {
  test("is of version 3.1, and every operation has its own name", () => {
    expect(document.openapi).toMatch(/^3\.1\./);
    const names = operations.map((operation) => operation.operationId);
    expect(new Set(names).size).toBe(names.length);
  });

  test("refers only to schemas that it holds", () => {
    const names = [...text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map((match) => match[1]);
    expect(names.length).toBeGreaterThan(0);
    expect(names.filter((name) => name === undefined || !(name in document.components.schemas))).toEqual([]);
  });

  test("gives an example of each error, and each has the shape and status that it stands under", () => {
    for (const operation of operations) {
      for (const [status, response] of Object.entries(operation.responses)) {
        const content = response.content?.["application/problem+json"];
        if (content === undefined) continue;
        const examples = Object.values(examplesSchema.parse(content).examples);
        expect(examples.length).toBeGreaterThan(0);
        for (const { value } of examples) expect(String(problemSchema.parse(value).status)).toBe(status);
      }
    }
  });

  test("gives an example of a validation that the service takes, and lines that a client can read", () => {
    const validate = z
      .object({
        requestBody: z.object({ content: z.record(z.string(), z.object({ example: z.unknown() })) }),
        responses: z.object({ 200: z.object({ content: z.record(z.string(), examplesSchema) }) }),
      })
      .parse(JSON.parse(JSON.stringify(openapi().paths?.["/api/v1/validations"]?.post)));
    const body = validate.requestBody.content["application/json"]?.example;
    expect(validationRequestSchema.safeParse(body).success).toBe(true);
    const lines = Object.values(validate.responses[200].content["application/x-ndjson"]?.examples ?? {});
    expect(lines.map(({ value }) => validationEventSchema.parse(value).type)).toEqual(["verdict", "done"]);
  });
});
