/** What the help of each command shows. */
export const EXAMPLES = {
  inspect: `  uni-wasm inspect geo.wasm
  uni-wasm inspect geo.wasm --json | jq .functions`,
  check: `  uni-wasm check geo.wasm
  uni-wasm check geo.wasm --json > report.json`,
  call: `  uni-wasm call geo.wasm haversine 52.52 13.405 48.857 2.352
  uni-wasm call geo.wasm haversine --input trips.csv --columns lat1,lon1,lat2,lon2
  uni-wasm call geo.wasm haversine --input trips.parquet --output km.parquet
  uni-wasm call geo.wasm nearest 52.52 13.405 3 --json`,
  sql: `  uni-wasm sql geo.wasm 'SELECT haversine(52.52, 13.405, 48.857, 2.352)'
  uni-wasm sql geo.wasm stats.wasm "$(cat report.sql)" --output report.parquet`,
  bench: `  uni-wasm bench geo.wasm haversine
  uni-wasm bench geo.wasm haversine --rows 100000 --seconds 10`,
  precompile: `  uni-wasm precompile geo.component.wasm
  uni-wasm precompile geo.component.wasm -o geo.precompiled`,
} as const;
