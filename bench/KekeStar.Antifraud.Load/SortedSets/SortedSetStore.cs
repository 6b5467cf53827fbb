using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Windows;
using StackExchange.Redis;

namespace KekeStar.Antifraud.Load.SortedSets;

/// <summary>
/// The design that was turned down, as a store of the service: windows are sorted sets, written and counted by one Lua script for
/// each event. Everything else (contexts of entities, lists, markers) goes the service's own way, so that the two
/// services differ in their windows alone.
/// </summary>
/// <remarks>
/// <para>
/// It flatters the design: in place of a log's tail the service gets the event's own record (and for an account one like it before,
/// so that it takes the set of entities for known), so it counts and reads histories over one or two records
/// instead of up to 256. The counts that the script brings are decoded and go no further.
/// </para>
/// <para>
/// What the design cannot do, measured or not: a Cluster (the script's keys lie in different slots), regularity of
/// arrival, histories of an account, a first try's time for a retry, trimming a hot entity below its seven days, and
/// a busy server answers nobody else while a script runs.
/// </para>
/// </remarks>
/// <param name="variant">How much the script does.</param>
/// <param name="inner">The service's own Redis store, for all but windows.</param>
/// <param name="connection">To the same server.</param>
/// <param name="count">SHA-1 of the script that writes and counts.</param>
/// <param name="link">SHA-1 of the script that looks up devices.</param>
internal sealed class SortedSetStore(SortedSetVariant variant, IWindowStore inner, ConnectionMultiplexer connection, byte[] count, byte[] link) : IWindowStore
{
    private const int FixedArguments = 6;
    private const int HashLength = sizeof(ulong);

    // A longer log would make the service ask for its trimming.
    private const long LongestLog = WindowLimits.TrimRecords;

    private readonly IDatabase _database = connection.GetDatabase();
    private readonly RedisValue _expiry = ((long)WindowLimits.Retention.TotalSeconds).ToString(CultureInfo.InvariantCulture);

    /// <summary>Connects and loads the scripts.</summary>
    public static async Task<SortedSetStore> ConnectAsync(SortedSetVariant variant, IWindowStore inner, string configuration)
    {
        ConnectionMultiplexer connection = await ConnectionMultiplexer.ConnectAsync(configuration);
        IServer server = connection.GetServers()[0];
        return new SortedSetStore(
            variant, inner, connection, await server.ScriptLoadAsync(SortedSetScript.Of(variant)), await server.ScriptLoadAsync(SortedSetScript.OfLink));
    }

    /// <inheritdoc/>
    public async ValueTask<StoreStatus> ObserveAsync(Observation observation, TimeSpan timeout)
    {
        try
        {
            await (Writes(observation) ? CountAsync(observation, timeout) : LinkAsync(observation, timeout));
            return StoreStatus.Ok;
        }
        catch (TimeoutException)
        {
            return StoreStatus.Timeout;
        }
        catch (RedisException)
        {
            return StoreStatus.Unavailable;
        }
    }

    /// <inheritdoc/>
    public ValueTask<StoreStatus> AppendAsync(ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> value, TimeSpan timeToLive, TimeSpan timeout)
        => inner.AppendAsync(key, value, timeToLive, timeout);

    /// <inheritdoc/>
    public ValueTask<StoreRead> ReadAsync(ReadOnlyMemory<byte> key, long start, TimeSpan timeout) => inner.ReadAsync(key, start, timeout);

    /// <inheritdoc/>
    public ValueTask<StoreReplace> ReplaceAsync(ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> expected, ReadOnlyMemory<byte> replacement, TimeSpan timeToLive, TimeSpan timeout)
        => inner.ReplaceAsync(key, expected, replacement, timeToLive, timeout);

    /// <inheritdoc/>
    public ValueTask<StoreStatus> PingAsync(TimeSpan timeout) => inner.PingAsync(timeout);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await connection.DisposeAsync();
        await inner.DisposeAsync();
    }

    private static bool Writes(Observation observation)
    {
        for (int i = 0; i < observation.Count; i++)
        {
            if (!observation.Value(i).IsEmpty)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsWindow(Observation observation, int entry) => observation.Key(entry).Span[0] == WindowKey.Prefix;

    private static EntityKind KindOf(ReadOnlySpan<byte> key) => (EntityKind)key[2];

    private static RedisKey WithSuffix(ReadOnlySpan<byte> key, byte suffix)
    {
        byte[] longer = new byte[key.Length + 1];
        key.CopyTo(longer);
        longer[^1] = suffix;
        return longer;
    }

    private static byte[] Bytes(ulong value)
    {
        byte[] bytes = new byte[HashLength];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        return bytes;
    }

    // What the event's records say besides its entities: an account's own log holds something else in the account's place, and a device's in
    // the device's.
    private static (WindowRecord Any, ulong Account, ulong Device) Facts(Observation observation)
    {
        WindowRecord any = default;
        ulong account = 0, device = 0;
        for (int i = 0; i < observation.Count; i++)
        {
            if (observation.Value(i).Length != WindowRecord.Length || !IsWindow(observation, i))
            {
                continue;
            }

            any = WindowRecord.Read(observation.Value(i).Span);
            EntityKind kind = KindOf(observation.Key(i).Span);
            account = kind == EntityKind.Account ? account : any.Account;
            device = kind == EntityKind.Device ? device : any.Device;
        }

        return (any, account, device);
    }

    private async Task CountAsync(Observation observation, TimeSpan timeout)
    {
        int windows = 0, contexts = 0;
        for (int i = 0; i < observation.Count; i++)
        {
            bool isWindow = IsWindow(observation, i);
            windows += isWindow ? 1 : 0;
            contexts += isWindow ? 0 : 1;
        }

        int perEntity = SortedSetScript.KeysOf(variant);
        var keys = new RedisKey[(windows * perEntity) + contexts];
        var arguments = new RedisValue[FixedArguments + (2 * contexts)];
        (WindowRecord any, ulong account, ulong device) = Facts(observation);
        arguments[0] = any.TimeMilliseconds.ToString(CultureInfo.InvariantCulture);
        arguments[1] = _expiry;
        arguments[2] = Bytes(any.EventHash);
        arguments[3] = Bytes(account);
        arguments[4] = Bytes(device);
        arguments[5] = contexts.ToString(CultureInfo.InvariantCulture);
        int window = 0, context = 0;
        for (int i = 0; i < observation.Count; i++)
        {
            ReadOnlySpan<byte> key = observation.Key(i).Span;
            if (!IsWindow(observation, i))
            {
                keys[(windows * perEntity) + context] = key.ToArray();
                arguments[FixedArguments + (2 * context)] = observation.Value(i).ToArray();
                arguments[FixedArguments + (2 * context) + 1] = observation.TimeToLiveSeconds(i).ToString(CultureInfo.InvariantCulture);
                context++;
                continue;
            }

            int at = perEntity * window++;
            keys[at] = key.ToArray();
            if (variant == SortedSetVariant.Full)
            {
                // An account has one account and a device one device: nothing to count.
                keys[at + 1] = account == 0 || KindOf(key) == EntityKind.Account ? Array.Empty<byte>() : WithSuffix(key, SortedSetScript.AccountsSuffix);
                keys[at + 2] = device == 0 || KindOf(key) == EntityKind.Device ? Array.Empty<byte>() : WithSuffix(key, SortedSetScript.DevicesSuffix);
            }
        }

        RedisResult answer = await _database.ScriptEvaluateAsync(count, keys, arguments).WaitAsync(timeout);
        Answer(observation, ((byte[]?)answer).AsSpan());
    }

    private void Answer(Observation observation, ReadOnlySpan<byte> answer)
    {
        uint[] counts = ArrayPool<uint>.Shared.Rent(SortedSetScript.MostCounts);
        Span<byte> tail = stackalloc byte[2 * WindowRecord.Length];
        int decoded = SortedSetScript.Decode(answer, counts);
        int window = 0;
        int windows = variant == SortedSetVariant.Full ? SortedSetScript.FullWindows : SortedSetScript.LeanWindows;
        int perEntity = windows * SortedSetScript.KeysOf(variant);
        for (int i = 0; i < observation.Count; i++)
        {
            if (!IsWindow(observation, i))
            {
                observation.SetAnswer(i, observation.Value(i).Length, default);
                continue;
            }

            // The longest window of the set of events.
            int at = (window++ * perEntity) + windows - 1;
            uint events = at < decoded ? counts[at] : 0;
            ReadOnlySpan<byte> own = observation.Value(i).Span;
            own.CopyTo(tail[WindowRecord.Length..]);
            bool hasBefore = events > 1 && KindOf(observation.Key(i).Span) == EntityKind.Account;
            if (hasBefore)
            {
                (WindowRecord.Read(own) with { EventHash = 1 }).Write(tail);
            }

            observation.SetAnswer(i, Math.Min(events, LongestLog) * WindowRecord.Length, hasBefore ? tail : tail[WindowRecord.Length..]);
        }

        ArrayPool<uint>.Shared.Return(counts);
    }

    // Before the device is known: which one each identifier was seen on last.
    private async Task LinkAsync(Observation observation, TimeSpan timeout)
    {
        var keys = new RedisKey[observation.Count];
        for (int i = 0; i < keys.Length; i++)
        {
            ReadOnlySpan<byte> key = observation.Key(i).Span;
            keys[i] = variant == SortedSetVariant.Full ? WithSuffix(key, SortedSetScript.DevicesSuffix) : key.ToArray();
        }

        RedisResult answer = await _database.ScriptEvaluateAsync(link, keys, null).WaitAsync(timeout);
        RedisResult[] members = (RedisResult[]?)answer ?? [];
        byte[] record = new byte[WindowRecord.Length];
        for (int i = 0; i < keys.Length; i++)
        {
            byte[] member = (byte[]?)members[i] ?? [];
            if (member.Length < HashLength)
            {
                observation.SetAnswer(i, 0, default);
                continue;
            }

            ulong device = BinaryPrimitives.ReadUInt64LittleEndian(member.AsSpan(member.Length - HashLength));
            new WindowRecord(TimeMilliseconds: 1, Scene: 1, Outcome: 0, IsLate: false, Account: 0, device, EventHash: 1).Write(record);
            observation.SetAnswer(i, 0, record);
        }
    }
}
