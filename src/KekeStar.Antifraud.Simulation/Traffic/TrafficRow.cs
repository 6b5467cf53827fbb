using System.Runtime.InteropServices;

namespace KekeStar.Antifraud.Simulation.Traffic;

/// <summary>One row of a traffic file: an event to score, or an outcome to report.</summary>
/// <param name="TimeMilliseconds">When it comes to the service, Unix milliseconds.</param>
/// <param name="IsReport">True for an outcome.</param>
/// <param name="Event">Number of the event, from 1; of an outcome: that of its event.</param>
/// <param name="Message">A ScoreRequest or ReportRequest, serialized.</param>
/// <param name="Actor">The segment or adversary.</param>
/// <param name="IsAbusive">True for an adversary's.</param>
/// <param name="IsUnseen">True for an adversary that is kept out of training.</param>
/// <param name="Risk">The risk that an adversary's event is; null: honest.</param>
/// <param name="Condition">When an outcome is to be reported.</param>
/// <param name="TokenSlot">Where the reader keeps the phone's device token; 0: nowhere.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TrafficRow(
    long TimeMilliseconds,
    bool IsReport,
    long Event,
    ReadOnlyMemory<byte> Message,
    string Actor,
    bool IsAbusive,
    bool IsUnseen,
    string? Risk,
    OutcomeCondition Condition,
    long TokenSlot);
