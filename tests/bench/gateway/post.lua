-- wrk's script: sends the request of the file that is named behind "--", and ends with one line of JSON.
function init(arguments)
   local file = assert(io.open(arguments[1], "rb"))
   local head, body = file:read("*a"):match("^(.-\r\n)\r\n(.*)$")
   file:close()
   wrk.method, wrk.path = head:match("^(%S+) (%S+)")
   for name, value in head:gmatch("\r\n([^:\r\n]+): ([^\r\n]*)") do
      if name:lower() ~= "content-length" then wrk.headers[name] = value end
   end
   wrk.body = body
end

function done(summary, latency, requests)
   local errors = summary.errors
   io.write(string.format(
      '\n{"requests": %d, "seconds": %.6f, "p50": %.1f, "p99": %.1f, "errors": %d}\n',
      summary.requests, summary.duration / 1e6, latency:percentile(50), latency:percentile(99),
      errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
