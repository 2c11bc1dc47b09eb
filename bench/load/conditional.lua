-- GET claims whose entity tag the client has: BENCH_TAGS is a file of lines "id etag".
local path = os.getenv("BENCH_PATH")
local ids, tags = {}, {}

function init()
  for line in io.lines(os.getenv("BENCH_TAGS")) do
    local id, tag = line:match("^(%S+) (%S+)")
    ids[#ids + 1] = id
    tags[#tags + 1] = tag
  end
end

function request()
  local i = math.random(#ids)
  return wrk.format("GET", path:format(ids[i]), { ["If-None-Match"] = tags[i] })
end
