using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Intake.Keys;
using Microsoft.Extensions.Logging;

namespace KekeStar.Antifraud.Windows;

/// <summary>
/// Remembers which entities an account's events had, so that an outcome reported later finds their logs, and so does
/// the erasure of the account. One <see cref="EntityContext"/> for each set of entities and day, in a log of the account's
/// own, written in the same round trip as the event's records; an event without an account has one by its event id.
/// Entries that no record can be as old as any more are cut away.
/// </summary>
internal sealed partial class EntityContexts
{
    /// <summary>First byte of a context log's key.</summary>
    public const byte KeyPrefix = (byte)'c';

    /// <summary>
    /// Bytes from the end of a context log that looking up an outcome's entities reads: 32 KiB, the last hundred or two
    /// sets of entities. Outcomes of events before those reach the account alone.
    /// </summary>
    public const int ReadLength = 32 * 1024;

    /// <summary>
    /// Length past which an account's events are written to its own log alone: 4 MiB, some 20,000 sets of entities in 16
    /// days. No person has as many; a program that has must not fill the store with logs that cannot be erased by
    /// account.
    /// </summary>
    public const int FullLength = 4 * 1024 * 1024;

    // One entry in eight looks after its log while that is short, and one in about 300 when it is long: reading it costs
    // by its length.
    private const uint TrimMask = 7;
    private const int TrimStep = 64 * 1024;

    private const long HourMilliseconds = 3_600_000;
    private const long DayMilliseconds = 24 * HourMilliseconds;

    // The age past which no outcome is looked up: entries live longer, for erasure.
    private static readonly long ReachMilliseconds = (long)(WindowLimits.Retention + IntakeLimits.MaxEventAge).TotalMilliseconds;

    private static readonly long KeptMilliseconds = (long)WindowLimits.ContextRetention.TotalMilliseconds;

    private readonly IWindowStore _store;
    private readonly TimeProvider _time;
    private readonly ILogger<EntityContexts> _logger;
    private readonly RecentHashes _recent = new();
    private readonly RecentHashes _full = new();

    /// <summary>Keeps the contexts in a store.</summary>
    public EntityContexts(IWindowStore store, TimeProvider time, ILogger<EntityContexts> logger)
    {
        _store = store;
        _time = time;
        _logger = logger;
    }

    /// <summary>How long the store may take for a log that is looked after; nobody waits for it.</summary>
    private static TimeSpan Timeout { get; } = TimeSpan.FromSeconds(1);

    /// <summary>Writes the key of a context log to at least <see cref="WindowKey.Length"/> bytes.</summary>
    /// <param name="destination">Where to write.</param>
    /// <param name="epoch">Number of the key epoch.</param>
    /// <param name="kind">Account, or Event for an event without an account.</param>
    /// <param name="subject">Its pseudonym.</param>
    public static void WriteKey(Span<byte> destination, byte epoch, EntityKind kind, Pseudonym subject)
    {
        WindowKey.Write(destination, epoch, kind, subject);
        destination[0] = KeyPrefix;
    }

    /// <summary>Finds an entity set in a context log; the last entry wins.</summary>
    /// <param name="log">The end of the context log.</param>
    /// <param name="entitySet">The set; null: whichever is last.</param>
    /// <param name="now">The service's clock, Unix milliseconds: what is out of reach is not found.</param>
    /// <param name="entities">Its entities, <see cref="EntityContext.ReadEntity"/> takes them apart; empty: not found.</param>
    /// <param name="time">Time of the event that they were remembered for, Unix milliseconds.</param>
    public static bool TryFind(ReadOnlySpan<byte> log, uint? entitySet, long now, out ReadOnlySpan<byte> entities, out long time)
    {
        while (EntityContext.TryReadLast(ref log, out entities, out time, out var set))
        {
            if ((entitySet is null || set == entitySet) && now - time <= ReachMilliseconds)
            {
                return !entities.IsEmpty;
            }
        }

        entities = default;
        return false;
    }

    /// <summary>True unless this process wrote the event's set of entities lately, for the same account, day and epochs.</summary>
    /// <param name="current">The event under the current epoch.</param>
    public bool IsNew(in EventView current) => !_recent.Contains(HashOf(current));

    /// <summary>True if an account's log was found full within the hour.</summary>
    /// <param name="account">The account; none: never full.</param>
    public bool IsFull(Pseudonym account) => !account.IsNone && _full.Contains(FullHash(account));

    /// <summary>Adds the entry that remembers an event's entities to its round trip.</summary>
    public void Add(in EventView view, Observation observation)
    {
        Span<byte> key = stackalloc byte[WindowKey.Length];
        Span<byte> entry = stackalloc byte[EntityContext.MaxLength];
        WriteKey(key, view);
        observation.AddAppend(key, entry[..EntityContext.Write(view, entry)], WindowLimits.ContextRetention, start: 1, end: 0);
    }

    /// <summary>Takes note that a round trip with <see cref="Add"/> succeeded.</summary>
    /// <param name="current">The event under the current epoch.</param>
    /// <param name="observation">The round trip.</param>
    public void NoteAdded(in EventView current, Observation observation)
    {
        _recent.Add(HashOf(current));
        for (var entry = 0; entry < observation.Count; entry++)
        {
            var key = observation.Key(entry);
            if (key.Span[0] != KeyPrefix)
            {
                continue;
            }

            var length = observation.LogLength(entry);
            if (length > FullLength)
            {
                _full.Add(FullHash(current.Entity(EntitySlot.Account)));
            }

            var isDue = length < TrimStep
                ? (current.Id.Low & TrimMask) == 0
                : length / TrimStep != (length - EntityContext.MaxLength) / TrimStep;
            if (isDue && length > EntityContext.MaxLength)
            {
                _ = TrimAsync(key.ToArray(), _time.GetUtcNow().ToUnixTimeMilliseconds());
            }
        }
    }

    /// <summary>Remembers an event's entities in a round trip of its own that nobody waits for.</summary>
    public void RememberLater(ScoreEvent scoreEvent)
    {
        _ = AppendAsync(EventView.OfCurrent(scoreEvent));
        if (scoreEvent.Keys.WritesOther)
        {
            _ = AppendAsync(EventView.OfOther(scoreEvent));
        }
    }

    /// <summary>The end of a log that is worth keeping: whole entries that are not too old.</summary>
    /// <param name="log">The whole log.</param>
    /// <param name="now">The service's clock, Unix milliseconds.</param>
    internal static ReadOnlySpan<byte> Keep(ReadOnlySpan<byte> log, long now)
    {
        // Entries stand in the order of their arrival, not of their times: the first one that is kept decides.
        var rest = log;
        var kept = 0;
        while (EntityContext.TryReadLast(ref rest, out _, out var time, out _))
        {
            kept = now - time <= KeptMilliseconds ? log.Length - rest.Length : kept;
        }

        return log[^kept..];
    }

    private static void WriteKey(Span<byte> key, in EventView view)
    {
        var account = view.Entity(EntitySlot.Account);
        if (account.IsNone)
        {
            WriteKey(key, view.Epoch.Number, EntityKind.Event, view.Id);
        }
        else
        {
            WriteKey(key, view.Epoch.Number, EntityKind.Account, account);
        }
    }

    // Multiplied by 2^64 / golden ratio (Knuth, TAOCP vol. 3, 6.4), so that days and sets do not cancel each other out.
    private static ulong HashOf(in EventView current)
    {
        const ulong Golden = 0x9E37_79B9_7F4A_7C15;
        var account = current.Entity(EntitySlot.Account);
        var day = (ulong)(current.Event.TimeMilliseconds / DayMilliseconds);
        var epochs = (ulong)current.Epoch.Number << 8 | (current.Event.Keys.WritesOther ? current.Event.Keys.Other!.Number : (ulong)0);
        var hash = (account.IsNone ? current.Id : account).High;
        hash = (hash ^ current.EntitySet) * Golden;
        hash = (hash ^ (hash >> 32) ^ day) * Golden;
        return ((hash ^ (hash >> 32) ^ epochs) * Golden) | 1;
    }

    private ulong FullHash(Pseudonym account) =>
        account.High ^ (ulong)(_time.GetUtcNow().ToUnixTimeMilliseconds() / HourMilliseconds);

    private async Task AppendAsync(EventView view)
    {
        // For what the asking call may do with the event meanwhile, the entry is written before anything is awaited.
        var key = new byte[WindowKey.Length];
        var entry = new byte[EntityContext.MaxLength];
        WriteKey(key, view);
        var length = EntityContext.Write(view, entry);
        var status = await _store.AppendAsync(key, entry.AsMemory(0, length), WindowLimits.ContextRetention, Timeout);
        if (status != StoreStatus.Ok)
        {
            LogNotRemembered(status);
        }
    }

    private async Task TrimAsync(byte[] key, long now)
    {
        var log = await _store.ReadAsync(key, 0, Timeout);
        if (log.Status != StoreStatus.Ok)
        {
            return;
        }

        var kept = Keep(log.Value.Span, now).Length;
        if (kept < log.Value.Length)
        {
            // Where an entry came in between, the next one that looks after the log does it.
            await _store.ReplaceAsync(key, log.Value, log.Value[^kept..], WindowLimits.ContextRetention, Timeout);
        }
    }

    [LoggerMessage(2301, LogLevel.Warning, "The entities of an event could not be remembered ({Status}): an outcome reported for it will reach its account's window alone.")]
    private partial void LogNotRemembered(StoreStatus status);
}
