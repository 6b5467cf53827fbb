using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using KekeStar.Antifraud.Intake;

namespace KekeStar.Antifraud.Windows;

/// <summary>
/// Lays the logs of an event's cohort, of the devices with like software and of its network beside each other: an event stands in
/// all of its logs under the same hash, so what two logs have in common is known without a further log.
/// </summary>
/// <remarks>
/// Farms that give every registration a new device, account and card still register from like phones, out of few networks, around
/// the clock. Hours are those of China (UTC+8, no summer time since 1991), where most users sleep from one to six.
/// </remarks>
[StructLayout(LayoutKind.Auto)]
internal ref struct DeviceCohorts
{
    private const long HourMilliseconds = 3_600_000;
    private const long DayMilliseconds = 24 * HourMilliseconds;
    private const long ChinaMilliseconds = 8 * HourMilliseconds;
    private const int NightBegin = 1;
    private const int NightEnd = 6;

    private LogView _cohort;
    private LogView _network;
    private LogView _similar;

    /// <summary>Adds one log of the event; those of no interest are passed over.</summary>
    /// <param name="slot">Whose log it is.</param>
    /// <param name="tail">Its tail.</param>
    /// <param name="findings">What counting found in it.</param>
    /// <param name="own">The event's record.</param>
    /// <param name="counts">What the log counts.</param>
    public void Add(int slot, ReadOnlySpan<byte> tail, scoped in TailFindings findings, scoped in WindowRecord own, WindowCounts counts)
    {
        switch (slot)
        {
            case EntitySlot.IpPrefix:
                _network = new LogView(tail, findings, own, counts);
                break;
            case EntitySlot.Cohort:
                _cohort = new LogView(tail, findings, own, counts);
                break;
            case EntitySlot.Similar or EntitySlot.Similar2:
                var similar = new LogView(tail, findings, own, counts);
                _similar = _similar.IsKnown && _similar.Rank.CompareTo(similar.Rank) >= 0 ? _similar : similar;
                break;
        }
    }

    /// <summary>Reads them all.</summary>
    /// <param name="cohort">What the cohort's log says; null: there is none.</param>
    /// <param name="similar">What the log of like devices says; null: there is none.</param>
    [SkipLocalsInit]
    public readonly void Read(out CohortStanding? cohort, out SimilarStanding? similar)
    {
        cohort = null;
        similar = null;
        if (!_cohort.IsKnown && !_similar.IsKnown)
        {
            return;
        }

        Span<ulong> scratch = stackalloc ulong[HashTable.Capacity];
        Span<ulong> networkRoom = stackalloc ulong[HashTable.Capacity];
        Span<ulong> similarRoom = stackalloc ulong[HashTable.Capacity];
        var registrations = ReadNetwork(scratch, networkRoom);

        // Whose members they are is asked of the cohort's attempts alone.
        var members = new HashTable(similarRoom, _cohort.IsKnown ? _similar.Attempted : 0);
        if (_similar.IsKnown)
        {
            similar = ReadSimilar(scratch, registrations, members);
        }

        if (_cohort.IsKnown)
        {
            cohort = ReadCohort(scratch, registrations, members, out var share);
            similar = similar is { } standing ? standing with { CohortShare = share } : null;
        }
    }

    // Only registrations of the other logs are looked for among them: where there are none, as in most events, neither are these read.
    private readonly HashTable ReadNetwork(Span<ulong> scratch, Span<ulong> room)
    {
        var isAsked = _network.Registrations > 0 && _cohort.Registrations + _similar.Registrations > 0;
        var registrations = new HashTable(room, isAsked ? _network.Registrations : 0);
        if (isAsked)
        {
            foreach (var attempt in _network.Attempts(scratch))
            {
                if (attempt.IsRegistration)
                {
                    registrations.TryAdd(attempt.EventHash);
                }
            }
        }

        return registrations;
    }

    private readonly SimilarStanding ReadSimilar(Span<ulong> scratch, HashTable registrations, HashTable members)
    {
        int registered = 0, atNight = 0, inNetwork = 0;
        uint hours = 0, registrationHours = 0;
        foreach (var attempt in _similar.Attempts(scratch))
        {
            if (_cohort.IsKnown)
            {
                members.TryAdd(attempt.EventHash);
            }

            var hour = HourOf(attempt);
            hours |= 1u << hour;
            if (attempt.IsRegistration)
            {
                registered++;
                registrationHours |= 1u << hour;
                atNight += hour is >= NightBegin and < NightEnd ? 1 : 0;
                inNetwork += registrations.Contains(attempt.EventHash) ? 1 : 0;
            }
        }

        return new SimilarStanding(
            RegistrationShare: (double)registered / _similar.Attempted,
            DeviceShare: (double)_similar.Devices / _similar.Attempted,
            ActiveHours: BitOperations.PopCount(hours),
            RegistrationHours: BitOperations.PopCount(registrationHours),
            NightShare: Share(atNight, registered),
            CohortShare: double.NaN,
            PrefixRegistrations: _network.IsKnown ? inNetwork : -1,
            IsAtLeast: _similar.IsCut,
            IsPrefixAtLeast: _similar.IsCut || _network.IsCut);
    }

    private readonly CohortStanding ReadCohort(Span<ulong> scratch, HashTable registrations, HashTable members, out double similarShare)
    {
        int before = 0, inNetwork = 0, lately = 0, ofMembers = 0, latelyRegistered = 0;
        uint hours = 0;
        var attempts = _cohort.Attempts(scratch);
        var earliest = attempts.Time;
        foreach (var attempt in attempts)
        {
            earliest = Math.Min(earliest, attempt.TimeMilliseconds);
            var isRegistration = attempt.IsRegistration;
            if (attempts.Time - attempt.TimeMilliseconds < DayMilliseconds)
            {
                lately++;
                latelyRegistered += isRegistration ? 1 : 0;
                ofMembers += _similar.IsKnown && members.Contains(attempt.EventHash) ? 1 : 0;
            }
            else
            {
                before += isRegistration ? 1 : 0;
            }

            if (isRegistration && registrations.Contains(attempt.EventHash))
            {
                inNetwork++;
                hours |= 1u << HourOf(attempt);
            }
        }

        similarShare = Share(ofMembers, lately);
        return new CohortStanding(
            Surge: _cohort.IsDayCut ? double.NaN : SurgeOf(latelyRegistered, before, attempts.Time - DayMilliseconds - earliest),
            PrefixRegistrations: inNetwork,
            PrefixShare: _network.IsKnown ? Share(inNetwork, _network.Registrations) : double.NaN,
            PrefixHours: BitOperations.PopCount(hours),
            IsAtLeast: _cohort.IsCut || _network.IsCut,
            HasPrefix: _network.IsKnown);
    }

    // What the log does not hold of the six days before is no day without registrations: the cohort may be new, or its log cut.
    private static double SurgeOf(int lately, int before, long spanBefore) =>
        spanBefore < DayMilliseconds ? double.NaN : lately / Math.Max(1, before * (double)DayMilliseconds / spanBefore);

    private static double Share(int part, int whole) => whole == 0 ? double.NaN : (double)part / whole;

    private static int HourOf(in LogAttempt attempt) =>
        (int)((attempt.TimeMilliseconds + ChinaMilliseconds) % DayMilliseconds / HourMilliseconds);

    /// <summary>One log, with what its counts say of it.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly ref struct LogView
    {
        private readonly ReadOnlySpan<byte> _tail;
        private readonly TailFindings _findings;
        private readonly WindowRecord _own;

        public LogView(ReadOnlySpan<byte> tail, scoped in TailFindings findings, scoped in WindowRecord own, WindowCounts counts)
        {
            const int All = (int)WindowLength.SevenDays;
            _tail = tail;
            _findings = findings;
            _own = own;
            IsKnown = true;
            Attempted = counts[WindowMetric.Events, All];
            Registrations = counts[WindowMetric.Registrations, All];
            Devices = counts[WindowMetric.Devices, All];
            IsCut = counts.AtLeast(All);
            IsDayCut = counts.AtLeast((int)WindowLength.OneDay);
        }

        public bool IsKnown { get; }

        public int Attempted { get; }

        public int Registrations { get; }

        public int Devices { get; }

        public bool IsCut { get; }

        public bool IsDayCut { get; }

        /// <summary>Registrations first, then attempts: which of two logs says more.</summary>
        public (int Registrations, int Attempted) Rank => (Registrations, Attempted);

        public LogAttempts Attempts(Span<ulong> scratch) => new(_tail, _findings, _own, scratch);
    }
}
