-- GET one claim with its links, another each time.
local path = os.getenv("BENCH_PATH")

function init()
  math.randomseed(os.time() + tonumber(tostring({}):match("0x(%x+)"), 16) % 100000)
end

function request()
  return wrk.format("GET", path:format(("01890000-0000-7000-8002-%012x"):format(math.random(100000))))
end
