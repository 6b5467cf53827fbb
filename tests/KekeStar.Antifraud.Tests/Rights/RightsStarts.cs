using CsCheck;
using KekeStar.Antifraud.Intake.Keys;

namespace KekeStar.Antifraud.Tests.Rights;

/// <summary>When a history begins, so that it falls into any part of a rotation and often over an edge of it.</summary>
internal static class RightsStarts
{
    private static readonly TimeSpan[] Edges =
        [TimeSpan.Zero, KeySchedule.FillDuration, KeySchedule.FillDuration + KeySchedule.SwitchGrace, KeySchedule.RotationDuration];

    public static readonly Gen<DateTimeOffset> Any = Gen.Select(
        Gen.Int[0, 3], Gen.Int[0, 72],
        (edge, hours) => RightsWorld.Rotation + Edges[edge] - TimeSpan.FromHours(hours));
}
