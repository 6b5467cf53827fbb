using System.Globalization;
using System.Runtime.InteropServices;
using KekeStar.Antifraud.Simulation.Attacks;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Scenarios;

/// <summary>How well the registrations of a farm are told from everybody else's, the thresholds moved in favour of the farm and against the others.</summary>
/// <param name="Farm">Registrations of the farm.</param>
/// <param name="Found">Of these, CHALLENGE or REJECT.</param>
/// <param name="Honest">Registrations of everybody else.</param>
/// <param name="Wronged">Of these, CHALLENGE or REJECT.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct FarmMeasure(int Farm, int Found, int Honest, int Wronged)
{
    /// <summary>Share of the farm that is found.</summary>
    internal double Recall => (double)Found / Farm;

    /// <summary>Share of the farm among what is flagged; 1 where nothing is.</summary>
    internal double Precision => Found + Wronged == 0 ? 1 : (double)Found / (Found + Wronged);

    /// <summary>Measures the registrations of a time.</summary>
    /// <param name="ledger">All answers.</param>
    /// <param name="from">Beginning.</param>
    /// <param name="to">End.</param>
    /// <param name="flagged">The mildest verdict that counts as found.</param>
    internal static FarmMeasure Of(Ledger ledger, DateTimeOffset from, DateTimeOffset to, Verdict flagged = Verdict.Challenge)
    {
        var registrations = ledger.All.Where(answer => answer.Scene == Scene.Register && answer.Time >= from && answer.Time < to).ToLookup(
            answer => answer.Group == SlowFarm.Name);
        return new FarmMeasure(
            registrations[true].Count(),
            registrations[true].Count(answer => answer.Mildest >= flagged),
            registrations[false].Count(),
            registrations[false].Count(answer => answer.Harshest >= flagged));
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"farm {Found} of {Farm}, honest {Wronged} of {Honest}: recall {Recall:0.0 %}, precision {Precision:0.0 %}");
}
