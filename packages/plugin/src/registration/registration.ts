import { z } from "zod";
import { PluginError } from "../errors/plugin-error.ts";
import { parseDocument } from "../parse-document.ts";
import { exportStem, QName } from "../qname.ts";
import { type FunctionSignature, functionSignatureSchema } from "./function-signature.ts";
import {
  argumentTypesSchema,
  type PrimitiveType,
  primitiveTypeSchema,
  type ValueType,
  valueTypeSchema,
  type WireType,
} from "./wire-type.ts";

/** What an aggregate takes and gives, and how it says that its state is stored. */
export interface AggregateSignature extends FunctionSignature {
  /** What kind of column keeps states; a state itself is opaque bytes. */
  readonly state: PrimitiveType;
}

/** What running a procedure may change. */
export type ProcedureMode = "read" | "write" | "schema" | "dbms";

/** What a procedure takes, one row of it, and the columns of the rows that it gives. */
export interface ProcedureSignature {
  readonly args: readonly WireType[];
  readonly yields: readonly ValueType[];
  readonly mode: ProcedureMode;
}

/** A scalar function that a plugin offers. */
export interface ScalarEntry {
  readonly kind: "scalar";
  readonly qname: QName;
  readonly signature: FunctionSignature;
}

/** An aggregate that a plugin offers. */
export interface AggregateEntry {
  readonly kind: "aggregate";
  readonly qname: QName;
  readonly signature: AggregateSignature;
}

/** A procedure that a plugin offers. */
export interface ProcedureEntry {
  readonly kind: "procedure";
  readonly qname: QName;
  readonly signature: ProcedureSignature;
}

/** One function that a plugin offers. */
export type RegistrationEntry = ScalarEntry | AggregateEntry | ProcedureEntry;

/** Everything that a plugin offers. */
export interface Registration {
  readonly entries: readonly RegistrationEntry[];
}

const qname = z.string().transform((text, context) => {
  try {
    return QName.parse(text);
  } catch (error) {
    if (!(error instanceof PluginError)) throw error;
    context.addIssue({ code: "custom", message: error.message });
    return z.NEVER;
  }
});

const entrySchema = z
  .discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("scalar"), qname, signature: functionSignatureSchema }),
    z.strictObject({
      kind: z.literal("aggregate"),
      qname,
      signature: functionSignatureSchema,
      state: primitiveTypeSchema,
    }),
    z.strictObject({
      kind: z.literal("procedure"),
      qname,
      args: argumentTypesSchema,
      yields: z.array(valueTypeSchema),
      mode: z.enum(["read", "write", "schema", "dbms"]).default("read"),
    }),
  ])
  .transform((raw): RegistrationEntry => {
    switch (raw.kind) {
      case "scalar":
        return raw;
      case "aggregate": {
        const { kind, qname, signature, state } = raw;
        return { kind, qname, signature: { ...signature, state } };
      }
      case "procedure": {
        const { kind, qname, ...signature } = raw;
        return { kind, qname, signature };
      }
    }
  });

const registrationSchema: z.ZodType<Registration> = z.strictObject({
  entries: z.array(entrySchema),
});

/**
 * Parses a registration, strictly: an unknown field is an error that names it.
 *
 * @param pluginId the id that every qname must have as its namespace; without it any will do.
 * @throws PluginError `REGISTRATION_INVALID` with every problem named by its field; also where a
 * qname is outside the plugin's id, or where two entries share an export stem.
 */
export function parseRegistration(json: string, pluginId?: string): Registration {
  const what = pluginId === undefined ? "the registration" : `the registration of ${pluginId}`;
  const registration = parseDocument(
    json,
    () => registrationSchema,
    "REGISTRATION_INVALID",
    () => what,
  );
  const stems = new Map<string, QName>();
  for (const [i, { qname }] of registration.entries.entries()) {
    const refuse = (why: string) =>
      new PluginError("REGISTRATION_INVALID", `${what} is not valid: entries[${i}].qname: ${why}`);
    if (pluginId !== undefined && qname.namespace !== pluginId) {
      throw refuse(`expected a name in the namespace ${pluginId}, got ${qname}`);
    }
    const stem = exportStem(qname);
    const other = stems.get(stem);
    if (other?.toString() === qname.toString()) throw refuse(`${qname} is there twice`);
    if (other !== undefined) {
      throw refuse(`${qname} and ${other} have the same export stem ${stem}`);
    }
    stems.set(stem, qname);
  }
  return registration;
}
