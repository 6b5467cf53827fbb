using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Intake.Keys;
using KekeStar.Antifraud.Rights;
using KekeStar.Antifraud.Tests.Privacy;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;
using Microsoft.Extensions.Time.Testing;

namespace KekeStar.Antifraud.Tests.Rights;

/// <summary>Two instances of the service over one store, with a rotation of keys under way on the test's clock.</summary>
internal sealed class RightsWorld : IAsyncDisposable
{
    /// <summary>When the rotation from epoch 1 to epoch 2 begins.</summary>
    public static readonly DateTimeOffset Rotation = PipelineUnderTest.Start;

    private static readonly KeyEpoch[] Epochs = [NewEpoch(1), NewEpoch(2)];

    private readonly IRightsStore _store;
    private readonly ConcurrentBag<string> _events = [];

    public RightsWorld(IRightsStore store, DateTimeOffset start)
    {
        _store = store;
        Clock = new FakeTimeProvider(start);
        Store = new TracedStore(store.Store, Clock);
        Keys = new KeyRing([(Epochs[0], null), (Epochs[1], Rotation)]);
        Instances = [NewInstance(), NewInstance()];
    }

    public FakeTimeProvider Clock { get; }

    public TracedStore Store { get; }

    public KeyRing Keys { get; }

    public PipelineUnderTest[] Instances { get; }

    /// <summary>An account under every epoch in use now.</summary>
    public IReadOnlyList<AccountSubject> Subjects(string account) =>
        [.. Keys.At(Clock.GetUtcNow().ToUnixTimeMilliseconds()).All.Select(epoch => new AccountSubject(epoch, Pseudonym(epoch, EntityKind.Account, account)))];

    public IReadOnlyList<AccountSubject> Subjects(int account) => Subjects(Name(account));

    public static string Name(int account) => string.Create(CultureInfo.InvariantCulture, $"account-{account}");

    public static string EventName(int account, int? number = null) => string.Create(CultureInfo.InvariantCulture, $"event-of-{account}-{number}");

    public static Pseudonym Pseudonym(KeyEpoch epoch, EntityKind kind, string value) => epoch.Pseudonymise(kind, Encoding.UTF8.GetBytes(value));

    /// <summary>Lets a history happen.</summary>
    /// <param name="moves">The history.</param>
    /// <param name="change">What becomes of an event; null: it does not happen, though its time passes.</param>
    /// <param name="first">Number of its first event.</param>
    public async Task PlayAsync(IReadOnlyList<Move> moves, Func<Move, Move?> change, int first = 0)
    {
        foreach (var (move, number) in moves.Select((move, index) => (move, first + index)))
        {
            Clock.Advance(move.Gap);
            await Store.ExpireAsync();
            if (change(move) is { } happening)
            {
                await PlayAsync(happening, EventName(move.Account, number));
                await TrimAsync();
            }
        }
    }

    /// <summary>An event as it is sent.</summary>
    public ScoreRequest Request(Move move, string name)
    {
        _events.Add(name);
        var request = Actors.Event(move.Scene, move.Account, move.Device, move.Network, move.Card);
        request.EventId = name;
        if (move.Device % 2 == 1)
        {
            // Evidence for a label in the device's own log.
            request.Device.Software.Add("com.tsng.hidemyapplist");
        }

        request.AccountId = move.Scene == Scene.Register ? "" : request.AccountId;
        Refusal.Optional.Where((_, index) => (move.Granted & (1 << index)) == 0).ToList().ForEach(category => request.Consent.Granted.Remove(category));
        return request;
    }

    /// <summary>All pseudonyms of an account and of its events, under every epoch.</summary>
    public IReadOnlyCollection<Pseudonym> TracesOf(int account) =>
        [.. Epochs.SelectMany(epoch => _events
            .Where(name => name.StartsWith(EventName(account), StringComparison.Ordinal))
            .Select(name => Pseudonym(epoch, EntityKind.Event, name))
            .Append(Pseudonym(epoch, EntityKind.Account, Name(account))))];

    public Task<StoreSnapshot> SnapshotAsync() => StoreSnapshot.TakeAsync(Store, Clock.GetUtcNow());

    public async ValueTask DisposeAsync()
    {
        await Store.SettleAsync();
        if (!await _store.TryClearAsync())
        {
            await Store.ClearAsync();
        }

        foreach (var instance in Instances)
        {
            await instance.DisposeAsync();
        }
    }

    private static KeyEpoch NewEpoch(byte number) =>
        new(number, [.. Enumerable.Range(0, KeyEpoch.MasterKeyLength).Select(index => (byte)((index * 7) + number))]);

    // What the trimmer does behind every event that finds something to trim; without it a log that others keep alive
    // would keep records for longer than it is remembered who they are of.
    private async Task TrimAsync()
    {
        await Store.SettleAsync();
        var logs = Store.TakeWritten().Where(static key => key[0] == WindowKey.Prefix);
        await Task.WhenAll(logs.Select(async key => Assert.True(await Instances[0].Get<LogTrimmer>().TrimAsync(key))));
    }

    private PipelineUnderTest NewInstance() => new(Store, keys: Keys, clock: Clock);

    /// <summary>Lets one event happen.</summary>
    /// <param name="move">The event.</param>
    /// <param name="name">Its id.</param>
    public async Task PlayAsync(Move move, string name)
    {
        var request = Request(move, name);
        await Instances[move.Instance].ScoreAsync(request, move.Age);
        if (move.RetryInstance >= 0)
        {
            await Instances[move.RetryInstance].ScoreAsync(request, move.Age);
        }

        if (move.Scene == Scene.Register)
        {
            await Instances[move.Instance].ReportAsync(request, Outcome.RegistrationCompleted, Name(move.Account));
        }
        else if (move.Outcome != Outcome.Unspecified)
        {
            await Instances[move.Instance].ReportAsync(request, move.Outcome);
        }
    }
}
