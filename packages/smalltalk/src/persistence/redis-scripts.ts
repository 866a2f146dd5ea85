/** What Redis does in one step, in Lua: each script sees a state that nobody else is changing. */

/**
 * KEYS: session, entries, index. ARGV: expected version or '', entries known to be stored, when Redis forgets it,
 * updatedAt, id, version, state, createdAt, expiresAt, agentCount, body, then the history's texts from there on.
 * Gives {1}, {0, stored version} for a conflict, or {-1} when fewer entries are stored than was said.
 */
export const SAVE_SESSION = `
local stored = tonumber(redis.call('HGET', KEYS[1], 'version') or '0')
if ARGV[1] ~= '' and stored ~= tonumber(ARGV[1]) then return {0, stored} end
local from = tonumber(ARGV[2])
if redis.call('LLEN', KEYS[2]) < from then return {-1} end
if from == 0 then redis.call('DEL', KEYS[2]) else redis.call('LTRIM', KEYS[2], 0, from - 1) end
redis.call('HSET', KEYS[1], 'updatedAt', ARGV[4], 'id', ARGV[5], 'version', ARGV[6], 'state', ARGV[7],
  'createdAt', ARGV[8], 'expiresAt', ARGV[9], 'agentCount', ARGV[10], 'body', ARGV[11])
for i = 12, #ARGV do redis.call('RPUSH', KEYS[2], ARGV[i]) end
redis.call('ZADD', KEYS[3], ARGV[4], ARGV[5])
redis.call('PEXPIREAT', KEYS[1], ARGV[3])
redis.call('PEXPIREAT', KEYS[2], ARGV[3])
return {1}
`;

/**
 * KEYS: session, entries, index. ARGV: id, the moment, then the texts.
 * Gives {1, length, version}, {0} for no such session, or {-1, state} for one that takes nothing.
 */
export const APPEND_ENTRIES = `
local state = redis.call('HGET', KEYS[1], 'state')
if not state then return {0} end
if state ~= 'active' and state ~= 'idle' and state ~= 'paused' then return {-1, state} end
for i = 3, #ARGV do redis.call('RPUSH', KEYS[2], ARGV[i]) end
local ttl = redis.call('PTTL', KEYS[1])
if ttl > 0 then redis.call('PEXPIRE', KEYS[2], ttl) end
local at = math.max(tonumber(redis.call('HGET', KEYS[1], 'updatedAt')), tonumber(ARGV[2]))
if state == 'idle' then redis.call('HSET', KEYS[1], 'state', 'active') end
redis.call('HSET', KEYS[1], 'updatedAt', string.format('%.0f', at))
redis.call('ZADD', KEYS[3], string.format('%.0f', at), ARGV[1])
return {1, redis.call('LLEN', KEYS[2]), redis.call('HINCRBY', KEYS[1], 'version', 1)}
`;

/** KEYS: session, entries, index. ARGV: id. Gives 1 when there was one, else 0. */
export const DELETE_SESSION = `
redis.call('DEL', KEYS[2])
redis.call('ZREM', KEYS[3], ARGV[1])
return redis.call('DEL', KEYS[1])
`;

/** KEYS: value, index. ARGV: key, json, the moment, milliseconds to live or '', expected json or ''. Gives 1 or 0. */
export const SET_VALUE = `
if ARGV[5] ~= '' and (redis.call('GET', KEYS[1]) or 'null') ~= ARGV[5] then return 0 end
if ARGV[4] == '' then redis.call('SET', KEYS[1], ARGV[2]) else redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[4]) end
redis.call('ZADD', KEYS[2], ARGV[3], ARGV[1])
return 1
`;

/** KEYS: value, index. ARGV: key. Gives 1 when there was one, else 0. */
export const DELETE_VALUE = `
redis.call('ZREM', KEYS[2], ARGV[1])
return redis.call('DEL', KEYS[1])
`;

/**
 * KEYS: index of sessions, index of values. ARGV: limit ('(' before a number, or +inf), prefix of sessions, prefix of
 * values. Gives the number of what was deleted.
 */
export const CLEAR = `
local count = 0
for _, id in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1])) do
  count = count + redis.call('DEL', ARGV[2] .. id)
  redis.call('DEL', ARGV[2] .. id .. ':entries')
  redis.call('ZREM', KEYS[1], id)
end
for _, key in ipairs(redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', ARGV[1])) do
  count = count + redis.call('DEL', ARGV[3] .. key)
  redis.call('ZREM', KEYS[2], key)
end
return count
`;
