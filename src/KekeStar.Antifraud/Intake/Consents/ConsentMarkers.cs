using System.Runtime.CompilerServices;

namespace KekeStar.Antifraud.Intake.Consents;

/// <summary>When each <see cref="ConsentMarker"/> of an account was set, Unix milliseconds; 0: it was not.</summary>
/// <remarks>The runtime refuses to compare inline arrays by itself, and a concurrent dictionary compares before it updates.</remarks>
[InlineArray(Count)]
internal struct ConsentMarkers : IEquatable<ConsentMarkers>
{
    /// <summary>One more than the largest marker.</summary>
    public const int Count = (int)ConsentMarker.Forgotten + 1;

    private long _first;

    /// <summary>
    /// How long a marker holds: 90 days, far longer than any gateway keeps a consent that was withdrawn; for a forgotten
    /// account 25 hours, past which an event from before is refused as too old.
    /// </summary>
    public static TimeSpan Lifetime(ConsentMarker marker) =>
        marker == ConsentMarker.Forgotten ? IntakeLimits.MaxEventAge + TimeSpan.FromHours(1) : TimeSpan.FromDays(90);

    /// <summary>When a marker was set; 0: it was not, or it does not hold any more.</summary>
    public readonly long At(ConsentMarker marker, long now)
    {
        var at = this[(int)marker];
        return now - at < (long)Lifetime(marker).TotalMilliseconds ? at : 0;
    }

    /// <summary>True if every marker was set at the same time. The runtime gives an inline array no equality of its own.</summary>
    public readonly bool Equals(ConsentMarkers other) => ((ReadOnlySpan<long>)this).SequenceEqual(other);

    /// <inheritdoc />
    public override readonly bool Equals(object? obj) => obj is ConsentMarkers other && Equals(other);

    /// <inheritdoc />
    public override readonly int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var at in this)
        {
            hash.Add(at);
        }

        return hash.ToHashCode();
    }
}
