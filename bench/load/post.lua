-- POST a claim as an analyst would: a sentence, its context, a figure, a claimant, an address, two tags.
local path = os.getenv("BENCH_PATH")
local headers = { ["Content-Type"] = "application/json" }
local body = [[{"text":"Trade between country %d and country %d was worth more than %d million US dollars in 2023, according to the ministry of trade.",
"context":"Goods, presumably, both directions together. The year follows from the sentence; the currency of the original is not stated.",
"language":"en","kind":"quantitative","status":"open","claimantId":"01890000-0000-7000-8001-%012x","claimedAt":"2024-05-%02d","eventFrom":"2023",
"eventTo":"2023","place":"Place %d","firstAppearanceUrl":"https://news%d.example/story/x%d","quantities":[{"subject":"trade of country %d",
"metric":"volume","comparator":"gt","value":%d,"unit":"USD","periodFrom":"2023","periodTo":"2023"}],"plausible":true,"tags":["trade","desk-%d"]}]]

function init()
  math.randomseed(os.time() + tonumber(tostring({}):match("0x(%x+)"), 16) % 100000)
end

function request()
  local r = math.random
  local one, figure = r(200), r(1000000)
  return wrk.format("POST", path, headers, body:format(
    one, r(200), figure, r(5000), r(28), r(3000), r(900), r(1000000000), one, figure * 1000000, r(12)))
end
