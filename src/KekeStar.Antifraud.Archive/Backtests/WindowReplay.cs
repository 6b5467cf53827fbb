using System.Diagnostics.Metrics;
using KekeStar.Antifraud.Archive.Files;
using KekeStar.Antifraud.Decision.Labels;
using KekeStar.Antifraud.Features;
using KekeStar.Antifraud.Identity;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Intake.Keys;
using KekeStar.Antifraud.Intake.References;
using KekeStar.Antifraud.Telemetry.Records;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;
using KekeStar.Antifraud.Windows.Embedded;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics;
using Microsoft.Extensions.Logging.Abstractions;

namespace KekeStar.Antifraud.Archive.Backtests;

/// <summary>
/// Rebuilds the windows of recorded events and outcomes by the service's own code, in an embedded store of its own below the temporary
/// folder, on a clock that shows the records' times. Nothing of a running service is touched. Not thread safe.
/// </summary>
internal sealed class WindowReplay : IAsyncDisposable
{
    // Any budget at all: the store is in this process, and nobody waits.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly DirectoryInfo _folder;
    private readonly GarnetWindowStore _store;
    private readonly ServiceProvider _services;
    private readonly SteppedClock _clock = new();
    private readonly LogTrimmer _trimmer;
    private readonly EventWindows _windows;
    private readonly OutcomeWriter _outcomes;
    private readonly Dictionary<byte, KeySet> _keys = [];
    private readonly ScoringCall _call = ScoringCall.Rent();
    private readonly FeatureVector _recorded = new(FeatureCatalogue.Count);

    private WindowReplay(DirectoryInfo folder, GarnetWindowStore store)
    {
        _folder = folder;
        _store = store;
        _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var meters = _services.GetRequiredService<IMeterFactory>();
        var gate = new StoreGate(
            store,
            new StoreGateOptions { StoreTimeout = Patience },
            new StoreGateMetrics(meters.Create(StoreGateMetrics.MeterName)),
            NullLogger<StoreGate>.Instance,
            _clock);
        _trimmer = new LogTrimmer(store, _clock, new TrimMetrics(meters));
        _windows = new EventWindows(
            gate, _trimmer, new EntityContexts(store, _clock, NullLogger<EntityContexts>.Instance), new NewLogBudget(_clock));
        _outcomes = new OutcomeWriter(gate, _trimmer, _clock);
    }

    /// <summary>The event that was replayed last, with its features.</summary>
    public ScoringCall Call => _call;

    /// <summary>The features of the last event as they were recorded.</summary>
    public FeatureVector Recorded => _recorded;

    /// <summary>Begins with empty windows.</summary>
    /// <exception cref="ArchiveException">The temporary folder cannot be written.</exception>
    public static WindowReplay Open()
    {
        DirectoryInfo? folder = null;
        try
        {
            folder = Directory.CreateTempSubdirectory("antifraud-backtest-");
            return new WindowReplay(folder, GarnetWindowStore.Open(new EmbeddedStoreOptions
            {
                DataDirectory = Path.Combine(folder.FullName, "windows"),
                MemoryBytes = BacktestLimits.WindowMemoryBytes,
                MaxDiskBytes = BacktestLimits.WindowDiskBytes,
            }));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            folder?.Delete(recursive: true);
            throw new ArchiveException($"The isolated windows cannot be made in the temporary folder: {fault.Message}", fault);
        }
    }

    /// <summary>
    /// Lets a recorded event happen again: makes the event, observes its windows and builds its features, into <see cref="Call"/>.
    /// </summary>
    /// <param name="recorded">The decision.</param>
    /// <returns>How the features were come by.</returns>
    /// <exception cref="ArchiveException">The isolated store failed.</exception>
    public async Task<ReplayedFeatures> ObserveAsync(ArchivedDecision recorded)
    {
        _clock.Set(recorded.TimeMilliseconds);
        MakeEvent(recorded, _call.Event);
        var hasFeatures = recorded.Reader.TryRead(recorded.Features.Span, _recorded);
        TakeOwn(_recorded, _call.Features);
        _call.Event.Evidence = EventLabels.EvidenceOf(_call.Features);
        var store = ContractWords.StoreOf(recorded.Store);
        if (store is StoreStatus.Ok or StoreStatus.Partial or StoreStatus.Timeout)
        {
            await _windows.ObserveAsync(_call.Event, _call.Counts, Patience);
            if (_call.Counts.Status != StoreStatus.Ok)
            {
                throw new ArchiveException($"The isolated windows in the temporary folder take no records any more ({_call.Counts.Status}). Is the disk full?");
            }

            // At once and in order, not beside as in the service: the same archive gives the same each time.
            await _trimmer.TrimPendingAsync();
        }

        if (!hasFeatures)
        {
            return ReplayedFeatures.Erased;
        }

        if (store != StoreStatus.Ok)
        {
            Copy(_recorded, _call.Features);
            return ReplayedFeatures.AsRecorded;
        }

        FeatureBuilder.AddWindows(_call.Event, _call.Counts, _call.Features);
        return ReplayedFeatures.Rebuilt;
    }

    /// <summary>Writes a reported outcome again.</summary>
    /// <exception cref="ArchiveException">The isolated store failed.</exception>
    public async Task RestoreAsync(OutcomeRecord outcome)
    {
        _clock.Set(outcome.TimeMilliseconds);
        if (await _outcomes.RestoreAsync(outcome, Patience) is not StoreStatus.Ok and var status)
        {
            throw new ArchiveException($"The isolated windows in the temporary folder take no records any more ({status}). Is the disk full?");
        }

        await _trimmer.TrimPendingAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _trimmer.Dispose();
        await _store.DisposeAsync();
        await _services.DisposeAsync();
        foreach (var keys in _keys.Values)
        {
            keys.Current.Dispose();
        }

        _folder.Delete(recursive: true);
    }

    private static void TakeOwn(FeatureVector recorded, FeatureVector own)
    {
        own.Clear();
        for (var index = 0; index < FeatureCatalogue.Count; index++)
        {
            if (!FeatureBuilder.IsOfWindows(index))
            {
                own.Set(index, recorded.Values[index], recorded.IsAtLeast(index));
            }
        }
    }

    private static void Copy(FeatureVector source, FeatureVector destination)
    {
        for (var index = 0; index < FeatureCatalogue.Count; index++)
        {
            destination.Set(index, source.Values[index], source.IsAtLeast(index));
        }
    }

    private void MakeEvent(ArchivedDecision recorded, ScoreEvent happened)
    {
        happened.Clear();
        happened.Keys = KeysOf(recorded.KeyEpoch);
        happened.Event = new Pseudonym(unchecked((ulong)recorded.Decision), 0);
        happened.TimeMilliseconds = recorded.EventTimeMilliseconds;
        happened.IsLate = recorded.IsLate;
        happened.Scene = ContractWords.SceneOf(recorded.Scene);

        // The country of a data centre was left out when it was recorded, so that what is left is no data centre's.
        happened.Address = new AddressFacts(Asn: 0, CountryCode.Of(recorded.Country), IsHosting: false);
        happened.AccessType = recorded.IsPlace ? AccessType.Wifi : AccessType.Unspecified;
        var hasIdentifier = false;
        for (var slot = 0; slot < EntitySlot.Count; slot++)
        {
            happened.Entity(slot) = new Pseudonym(recorded.Entities[slot], 0);
            hasIdentifier |= recorded.Entities[slot] != 0 && IdentifierWeights.Of(slot) > 0;
        }

        // Which device it was is recorded and stays so. Whether the service had to ask the logs for it decides how much it read of them.
        happened.IsDeviceNamed = true;
        happened.IsDeviceSettled = recorded.IsDeviceNamed || !hasIdentifier;
    }

    // The pseudonyms are recorded; the key itself is needed for nothing.
    private KeySet KeysOf(byte epoch)
    {
        if (!_keys.TryGetValue(epoch, out var keys))
        {
            _keys.Add(epoch, keys = new KeySet(new KeyEpoch(epoch, new byte[KeyEpoch.MasterKeyLength])));
        }

        return keys;
    }
}
