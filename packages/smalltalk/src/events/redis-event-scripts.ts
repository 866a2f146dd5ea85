// Each script is one step for everybody else on the server. A number that Lua would print as 1e+21 is never made:
// sequences are counted by Redis itself.

/**
 * KEYS: stream, ids, head. ARGV: number of events, then for each: id, timestamp, bytes, row as JSON text.
 * Gives the first number, or the id that is already there.
 */
export const APPEND_EVENTS = `
local count = tonumber(ARGV[1])
local fresh = {}
for i = 0, count - 1 do
  local id = ARGV[2 + i * 4]
  if fresh[id] or redis.call('SISMEMBER', KEYS[2], id) == 1 then return id end
  fresh[id] = true
end
local first = redis.call('HINCRBY', KEYS[3], 'last', count) - count + 1
for i = 0, count - 1 do
  local at = 2 + i * 4
  redis.call('SADD', KEYS[2], ARGV[at])
  redis.call('HINCRBY', KEYS[3], 'bytes', ARGV[at + 2])
  redis.call('XADD', KEYS[1], string.format('%.0f-0', first + i),
    'id', ARGV[at], 'at', ARGV[at + 1], 'bytes', ARGV[at + 2], 'row', ARGV[at + 3])
end
return first
`;

/** KEYS: stream, ids, head, archive. ARGV: moment, most. Moves the oldest events older than it; gives their number. */
export const ARCHIVE_EVENTS = `
local moved = 0
for _, entry in ipairs(redis.call('XRANGE', KEYS[1], '-', '+', 'COUNT', ARGV[2])) do
  local fields = {}
  for i = 1, #entry[2], 2 do fields[entry[2][i]] = entry[2][i + 1] end
  if tonumber(fields['at']) >= tonumber(ARGV[1]) then break end
  redis.call('XADD', KEYS[4], entry[1], unpack(entry[2]))
  redis.call('XDEL', KEYS[1], entry[1])
  redis.call('SREM', KEYS[2], fields['id'])
  redis.call('HINCRBY', KEYS[3], 'bytes', -tonumber(fields['bytes']))
  moved = moved + 1
end
return moved
`;
