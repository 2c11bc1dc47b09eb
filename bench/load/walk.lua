-- Follows nextCursor for BENCH_PAGES pages, one after the other, and writes the last cursor to BENCH_CURSOR. One thread, one connection.
-- wrk goes on until it is stopped.
local path = os.getenv("BENCH_PATH")
local left = tonumber(os.getenv("BENCH_PAGES")) - 1
local cursor

function request()
  return wrk.format("GET", cursor and path .. "&cursor=" .. cursor or path)
end

function response(status, _, body)
  cursor = body:match('"nextCursor":"([^"]+)"')
  left = left - 1
  if left == 0 or status ~= 200 or not cursor then
    local name = os.getenv("BENCH_CURSOR")
    local out = io.open(name .. ".part", "w")
    out:write(left == 0 and cursor or "")
    out:close()
    os.rename(name .. ".part", name)
    wrk.thread:stop()
  end
end
