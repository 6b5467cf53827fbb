using KekeStar.Antifraud.Decision;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Intake.Keys;
using KekeStar.Antifraud.Scoring;
using KekeStar.Antifraud.Scoring.Loading;
using KekeStar.Antifraud.Telemetry.Records;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;

namespace KekeStar.Antifraud.Load.Archiving;

/// <summary>
/// Decisions as the service makes them, about generated events: the shipped policy evaluates the features, so that rules,
/// contributions, score, verdict and labels fit each other and a replay gives the same again. Not thread safe.
/// </summary>
/// <param name="seed">The run's seed.</param>
/// <param name="people">The honest users.</param>
internal sealed class GeneratedDecisions(ulong seed, GeneratedPeople people)
{
    private const double OnList = 0.0004;
    private const double MedianMicroseconds = 320;

    // One bad stretch of the store, so that there is something to see; apart from it hardly anything is degraded.
    private const double OutageAt = 0.55;
    private const double OutageLength = 0.0012;
    private const double UsuallyDegraded = 0.0003;

    private static readonly Policy Policy = PolicyLoader.Load(DefaultPolicy.ReadBytes()).Policy!;
    private static readonly KeySet Keys = new(new KeyEpoch(1, new byte[KeyEpoch.MasterKeyLength]));
    private static readonly ListKind[] Lists = [ListKind.Deny, ListKind.Grey, ListKind.Allow];

    private readonly GeneratedFeatures _features = new();
    private readonly GeneratedEvent _event = new();
    private readonly ScoringCall _call = ScoringCall.Rent();

    /// <summary>Makes one decision.</summary>
    /// <param name="numbers">Random choices.</param>
    /// <param name="decision">Number of the decision, which no other has.</param>
    /// <param name="at">When.</param>
    /// <param name="time">The same as a share of the range of time.</param>
    /// <param name="record">Receives it.</param>
    public void Next(GeneratedNumbers numbers, long decision, DateTimeOffset at, double time, DecisionRecord record)
    {
        if (GangAt(numbers.Share(), time) is { } gang)
        {
            gang.Next(numbers, time, people, _event);
        }
        else
        {
            people.Next(numbers, _event);
        }

        FillEvent(numbers, decision, at);
        _features.Fill(numbers, _event, _call.Features);
        Decide(numbers, time);
        bool isOutage = _call.Decision.Store != StoreStatus.Ok;
        record.Fill(_call, at.ToUnixTimeMilliseconds(), sequence: 0, TimeSpan.FromMicroseconds(numbers.LogNormal(isOutage ? 30 * MedianMicroseconds : MedianMicroseconds, 0.55)));
    }

    private static GeneratedGang? GangAt(double share, double time)
    {
        foreach (GeneratedGang gang in GeneratedGang.All)
        {
            share -= gang.ShareAt(time);
            if (share < 0)
            {
                return gang;
            }
        }

        return null;
    }

    private static StoreStatus StoreAt(GeneratedNumbers numbers, double time)
    {
        if (time is > OutageAt and < OutageAt + OutageLength && numbers.In(0.5))
        {
            return numbers.In(0.7) ? StoreStatus.Timeout : StoreStatus.Unavailable;
        }

        return numbers.In(UsuallyDegraded) ? StoreStatus.Timeout : StoreStatus.Ok;
    }

    private void FillEvent(GeneratedNumbers numbers, long decision, DateTimeOffset at)
    {
        ScoreEvent happened = _call.Event;
        happened.Clear();
        happened.Keys = Keys;
        happened.Event = new Pseudonym(GeneratedNumbers.Pseudonym(seed, GeneratedKind.Event, decision), 1);
        happened.Scene = _event.Scene;
        happened.TimeMilliseconds = at.ToUnixTimeMilliseconds() - numbers.Below(400);
        Put(EntitySlot.Account, GeneratedKind.Account, _event.Account);
        Put(EntitySlot.Device, GeneratedKind.Device, _event.Device);
        Put(EntitySlot.AndroidId, GeneratedKind.Identifier, _event.Device < 0 ? -1 : 4 * _event.Device);
        Put(EntitySlot.Oaid, GeneratedKind.Identifier, _event.Device < 0 ? -1 : (4 * _event.Device) + 1);
        Put(EntitySlot.Guid, GeneratedKind.Identifier, _event.Device < 0 ? -1 : (4 * _event.Device) + 2);
        Put(EntitySlot.Imsi, GeneratedKind.Identifier, _event.Device < 0 ? -1 : (4 * _event.Device) + 3);
        Put(EntitySlot.Ip, GeneratedKind.Ip, _event.Ip);
        Put(EntitySlot.IpPrefix, GeneratedKind.IpPrefix, _event.IpPrefix);
        Put(EntitySlot.Bssid, GeneratedKind.Bssid, _event.Bssid);
        Put(EntitySlot.Cohort, GeneratedKind.Cohort, _event.Cohort);
    }

    private void Put(int slot, GeneratedKind kind, long number)
    {
        if (number >= 0)
        {
            _call.Event.Entity(slot) = new Pseudonym(GeneratedNumbers.Pseudonym(seed, kind, number), 1);
        }
    }

    private void Decide(GeneratedNumbers numbers, double time)
    {
        var decision = _call.Decision;
        decision.Policy = Policy;
        StoreStatus store = StoreAt(numbers, time);
        ListKind list = numbers.In(OnList) ? Lists[numbers.Below(Lists.Length)] : ListKind.Unspecified;
        DecisionReplay.Run(_event.Scene, ThresholdJitter.EntityOf(_call.Event), list, store, _call.Features, decision);
        _call.Counts.Clear();
        decision.Labels.Find(_call.Event, _call.Features, _call.Counts.Evidence);
    }
}
