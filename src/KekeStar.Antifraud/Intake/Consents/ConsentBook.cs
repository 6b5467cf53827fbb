using System.Collections.Concurrent;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Intake.Consents;

/// <summary>
/// The consent markers of all accounts as the hot path sees them: in memory, the same in all instances within a
/// second, so that a signal that was withdrawn is dropped before it is hashed whatever the gateway still grants.
/// </summary>
internal sealed class ConsentBook
{
    private volatile ConcurrentDictionary<Pseudonym, ConsentMarkers> _accounts = new();

    /// <summary>Number of accounts with markers, those included that do not hold any more.</summary>
    public int Count => _accounts.Count;

    /// <summary>Applies the markers of an event's account to its consent.</summary>
    /// <param name="target">The event; its account, its grants and the minor's flag are read.</param>
    /// <param name="decidedAt">When the user last decided, Unix milliseconds; 0: unknown.</param>
    /// <param name="now">The service's clock, Unix milliseconds.</param>
    public void Apply(ScoreEvent target, long decidedAt, long now)
    {
        if (_accounts.IsEmpty || !TryFind(target.Entity(EntitySlot.Account), target.OtherEntity(EntitySlot.Account), out var markers))
        {
            return;
        }

        target.HasConsentMarkers = true;

        for (var marker = ConsentMarker.DeviceIdentifiersWithdrawn; marker <= ConsentMarker.SoftwareWithdrawn; marker++)
        {
            // A later decision is the user's own; the gateway would not have it otherwise.
            var withdrawnAt = markers.At(marker, now);
            if (withdrawnAt != 0 && decidedAt <= withdrawnAt)
            {
                target.Withdraw((ConsentCategory)marker);
            }
        }

        if (markers.At(ConsentMarker.Minor, now) != 0)
        {
            target.IsMinor = true;
            target.IsMinorKnown = true;
        }

        target.ForgottenAtMilliseconds = markers.At(ConsentMarker.Forgotten, now);
    }

    /// <summary>The markers of an account, of all of its pseudonyms together.</summary>
    public bool TryFind(Pseudonym account, Pseudonym otherAccount, out ConsentMarkers markers)
    {
        var isFound = TryFind(account, out markers);
        if (!TryFind(otherAccount, out var others))
        {
            return isFound;
        }

        // Under the epoch that is coming some may be missing still, under the one that is going the newest.
        for (var marker = ConsentMarker.None + 1; (int)marker < ConsentMarkers.Count; marker++)
        {
            markers = With(markers, marker, others[(int)marker]);
        }

        return true;
    }

    /// <summary>The markers of one pseudonym.</summary>
    public bool TryFind(Pseudonym account, out ConsentMarkers markers)
    {
        markers = default;
        return !account.IsNone && _accounts.TryGetValue(account, out markers);
    }

    /// <summary>Sets a marker; a later time wins.</summary>
    public void Set(Pseudonym account, ConsentMarker marker, long atMilliseconds) => Set(_accounts, account, marker, atMilliseconds);

    /// <summary>Puts other markers in place of all; readers see either, nothing between.</summary>
    public void ReplaceAll(IEnumerable<(Pseudonym Account, ConsentMarker Marker, long AtMilliseconds)> markers)
    {
        var accounts = new ConcurrentDictionary<Pseudonym, ConsentMarkers>();
        foreach (var (account, marker, at) in markers)
        {
            Set(accounts, account, marker, at);
        }

        _accounts = accounts;
    }

    /// <summary>All markers that hold now.</summary>
    public IEnumerable<(Pseudonym Account, ConsentMarker Marker, long AtMilliseconds)> Holding(long now)
    {
        foreach (var (account, markers) in _accounts)
        {
            for (var marker = ConsentMarker.None + 1; (int)marker < ConsentMarkers.Count; marker++)
            {
                var at = markers.At(marker, now);
                if (at != 0)
                {
                    yield return (account, marker, at);
                }
            }
        }
    }

    private static void Set(ConcurrentDictionary<Pseudonym, ConsentMarkers> accounts, Pseudonym account, ConsentMarker marker, long at) =>
        accounts.AddOrUpdate(
            account,
            static (_, line) => With(default, line.marker, line.at),
            static (_, before, line) => With(before, line.marker, line.at),
            (marker, at));

    private static ConsentMarkers With(ConsentMarkers markers, ConsentMarker marker, long at)
    {
        markers[(int)marker] = Math.Max(markers[(int)marker], at);

        // An account that was erased starts anew: nothing that it wanted before is remembered either.
        var forgottenAt = markers[(int)ConsentMarker.Forgotten];
        for (var other = 0; other < (int)ConsentMarker.Forgotten; other++)
        {
            markers[other] = markers[other] <= forgottenAt ? 0 : markers[other];
        }

        return markers;
    }
}
