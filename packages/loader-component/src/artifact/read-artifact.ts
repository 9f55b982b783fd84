import { z } from "zod";
import { ComponentError } from "../component-error.ts";
import { checkPlan } from "../plan/check-plan.ts";
import { quoted } from "../plan/names.ts";
import {
  type Artifact,
  HASH_BYTES,
  HEADER_START,
  hash,
  isArtifact,
  MAGIC,
  MAX_HEADER_BYTES,
} from "./artifact.ts";
import { planSchema } from "./plan-schema.ts";

const headerSchema = z.strictObject({
  /** What made it of which component; compared by whoever looks for a certain one. */
  key: z.string().max(512),
  modules: z.array(z.int().min(0).max(0xffff_ffff)),
  plan: planSchema,
});

/**
 * Takes an artifact apart and checks all of it. The modules are views of its bytes, which no engine
 * has seen yet.
 *
 * @throws ComponentError `INVALID_PLUGIN`, saying what is wrong.
 */
export function readArtifact(bytes: Uint8Array): Artifact {
  const size = bytes.length - HASH_BYTES;
  if (!isArtifact(bytes) || size < HEADER_START) throw invalid("it is cut off");
  if (Buffer.compare(hash(bytes.subarray(0, size)), bytes.subarray(size)) !== 0) {
    throw invalid("its checksum does not match, so it was damaged or cut off");
  }
  const headerBytes = new DataView(bytes.buffer, bytes.byteOffset).getUint32(MAGIC.length, true);
  if (headerBytes > MAX_HEADER_BYTES) throw invalid(`its header takes ${headerBytes} bytes`);
  const header = readHeader(
    bytes.subarray(HEADER_START, Math.min(HEADER_START + headerBytes, size)),
  );
  let at = HEADER_START + headerBytes;
  const modules = header.modules.map((length) => {
    at += length;
    return bytes.subarray(at - length, at);
  });
  if (at !== size) throw invalid("its modules are not where it says");
  const artifact = { key: header.key, plan: header.plan, modules };
  checkPlan(artifact);
  return artifact;
}

function readHeader(bytes: Uint8Array): z.infer<typeof headerSchema> {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    throw invalid("its header is not JSON", cause);
  }
  const parsed = headerSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const { path = [], message = "" } = issue ?? {};
  throw invalid(`its header is not valid at ${quoted(path.join("."))}: ${quoted(message)}`);
}

function invalid(reason: string, cause?: unknown): ComponentError {
  const message = `the precompiled component is not valid: ${reason}; precompile it again`;
  return new ComponentError("INVALID_PLUGIN", message, { cause });
}
