import { ABI_FIELD, writeDocument } from "uni/abi";

export function manifest(): i32 {
  return writeDocument(`{
"id": "__ID__",
"version": "0.0.0",
"${ABI_FIELD}": "^1",
"capabilities": ["scalar-fn"],
"determinism": "pure",
"description": "Right triangles"
}`);
}

export function register(): i32 {
  return writeDocument(`{"entries": [{
"kind": "scalar",
"qname": "__ID__.hypotenuse",
"signature": {
"args": [{"kind": "primitive", "arrow": "float64"}, {"kind": "primitive", "arrow": "float64"}],
"returns": {"kind": "primitive", "arrow": "float64"},
"volatility": "immutable",
"null_handling": "propagate"
}
}]}`);
}
