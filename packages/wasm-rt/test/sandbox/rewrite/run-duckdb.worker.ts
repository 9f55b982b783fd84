// Answers a query with the module of DuckDB at the path, and prints that.
import { instantiateHardened } from "../../../src/guest.ts";
import { packages } from "./real-modules.ts";

const [, , mainModule, sql] = process.argv;
// The package makes a table without a maximum for its module, and a hardened one imports none such.
WebAssembly.Table = class extends WebAssembly.Table {
  constructor(descriptor: WebAssembly.TableDescriptor) {
    super({ ...descriptor, maximum: 2 ** 20 });
  }
};
// Its linker, of Emscripten, refuses every exported global of type i64.
Object.assign(WebAssembly, {
  instantiate: async (bytes: Uint8Array<ArrayBuffer>, imports: WebAssembly.Imports) => {
    const module = await WebAssembly.compile(bytes);
    const instance = instantiateHardened(module, imports);
    const own = Object.entries(instance.exports).filter(([name]) => !name.startsWith("uni:"));
    return { module, instance: { exports: Object.fromEntries(own) } };
  },
});
const duckdb = packages("@duckdb/duckdb-wasm/dist/duckdb-node-blocking.cjs");
const bundle = { mainModule, mainWorker: "" };
const logger = new duckdb.VoidLogger();
const database = await duckdb.createDuckDB(
  { mvp: bundle, eh: bundle },
  logger,
  duckdb.NODE_RUNTIME,
);
await database.instantiate(() => {});
const connection = database.connect();
console.log(String(connection.query(sql)));
try {
  // An exception of C++, thrown and caught within the module.
  connection.query("select no_such_column");
} catch (error) {
  console.log(String(error));
}
