-- One request again and again, with the headers in the file $BENCH_HEADERS (`Name: value` a line), so that no key stands
-- in a process list. Prints one line of JSON in the end.
local path = os.getenv("BENCH_HEADERS")
if path and path ~= "" then
   for line in io.lines(path) do
      local name, value = line:match("^([^:]+):%s*(.*)$")
      if name then wrk.headers[name] = value end
   end
end

done = function(summary, latency)
   local errors = summary.errors
   print(string.format(
      '{"requests":%d,"seconds":%.6f,"status_errors":%d,"socket_errors":%d,"p50_us":%d,"p99_us":%d}',
      summary.requests, summary.duration / 1e6, errors.status,
      errors.connect + errors.read + errors.write + errors.timeout,
      latency:percentile(50), latency:percentile(99)
   ))
end
