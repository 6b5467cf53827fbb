using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace KekeStar.Antifraud.Identity;

/// <summary>
/// Decides which known device an event comes from, by what its identifiers were seen with. Each identifier speaks for
/// the devices that it was seen on with its weight divided by how many it was seen on; the event is linked to a device if more
/// speaks for it than against it. Devices are never joined: an event is linked to one or to none, so no identifier, made
/// up, cloned or poisoned, can make two devices one.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal ref struct DeviceLink
{
    /// <summary>
    /// Devices or installations past which an identifier says nothing about the device: 4. One phone that is sold, reset
    /// and lent has fewer in seven days; a cloned identifier has many.
    /// </summary>
    public const int MaxFanOut = 4;

    /// <summary>
    /// What an earlier attempt of the same account on a device adds for it: 50, more than any identifier. So a reset phone
    /// stays the same device for its owner, while the next owner's is another, and so are phones that share a cloned IMEI.
    /// </summary>
    public const int SameAccount = 50;

    // An identifier of another device is worse than a new one: a set that is made of several people's is nobody's.
    private const int Contradiction = 3;

    // Support is counted in twelfths, the least common multiple of 1 to MaxFanOut, so that every share is a whole number:
    // sums of floating point depend on the order, and so did who won a tie.
    private const int Twelfths = 12;

    // Every identifier may bring MaxFanOut devices.
    private const int MaxCandidates = IdentifierWeights.Count * MaxFanOut;

    private readonly byte _install;
    private readonly bool _hasHardware;
    private Candidates _candidates;
    private SeenDevices _seen;
    private int _candidateCount;
    private int _seenCount;
    private int _slot;
    private ulong _installs;
    private int _newInstallation;
    private int _newHardware;
    private bool _hasInstallation;
    private int _seenSupport;
    private ulong _ownEvent;

    /// <summary>Begins for one event.</summary>
    /// <param name="install">Mark of its installation; 0: unknown.</param>
    /// <param name="hasHardware">True if it comes with an IMEI.</param>
    public DeviceLink(byte install, bool hasHardware)
    {
        _install = install;
        _hasHardware = hasHardware;
    }

    /// <summary>Begins with the next identifier of the event.</summary>
    public void Begin(int slot)
    {
        _slot = slot;
        _seenCount = 0;
        _installs = Bit(_install);
    }

    /// <summary>Adds an attempt that the identifier was seen in.</summary>
    public void Add(in IdentifierSighting sighting)
    {
        if (sighting.Device == 0)
        {
            return;
        }

        if (sighting.IsOwnEvent)
        {
            // There is one, unless two tries came at once; then the number decides, as between all that is equal.
            _ownEvent = Math.Max(_ownEvent, sighting.Device);
        }

        _installs |= Bit(sighting.Install);
        var index = 0;
        while (index < _seenCount && _seen[index].Device != sighting.Device)
        {
            index++;
        }

        if (index > MaxFanOut)
        {
            return;
        }

        if (index == _seenCount)
        {
            _seen[_seenCount++] = new Seen { Device = sighting.Device };
        }

        _seen[index].IsOwnAccount |= sighting.IsOwnAccount;
        _seen[index].HasHardware |= sighting.HasHardware;
    }

    /// <summary>Ends with the identifier.</summary>
    public void End()
    {
        var weight = IdentifierWeights.Of(_slot);
        var isOfInstallation = IdentifierWeights.IsOfInstallation(_slot);
        _hasInstallation |= isOfInstallation;
        if (_seenCount == 0)
        {
            // Never seen: it speaks against every device that is known.
            if (IdentifierWeights.IsHardware(_slot))
            {
                _newHardware += weight;
            }
            else
            {
                _newInstallation += weight;
            }

            return;
        }

        // A new installation on known hardware is a phone that was reset, or another phone with a cloned identifier.
        var fanOut = IdentifierWeights.IsHardware(_slot) ? Math.Max(_seenCount, BitOperations.PopCount(_installs)) : _seenCount;
        if (fanOut > MaxFanOut)
        {
            return;
        }

        var share = weight * Twelfths / fanOut;
        _seenSupport += share;
        for (var i = 0; i < _seenCount; i++)
        {
            ref var candidate = ref Find(_seen[i].Device);
            candidate.Support += share;
            candidate.IsOwnAccount |= _seen[i].IsOwnAccount;
            candidate.HasHardware |= _seen[i].HasHardware;
            candidate.IsInstallationKnown |= isOfInstallation;
        }
    }

    /// <summary>The device that the event is linked to; 0: none, it is a new one.</summary>
    public readonly ulong Decide()
    {
        if (_ownEvent != 0)
        {
            return _ownEvent;
        }

        var best = Best();
        if (_hasInstallation && !best.IsInstallationKnown && !best.IsOwnAccount)
        {
            // A phone that was reset, of its owner or the next one, or another phone with a cloned IMEI: the account tells.
            return 0;
        }

        if (_newInstallation > 0 && best.HasHardware && !_hasHardware && !best.IsOwnAccount)
        {
            // Installed again, under another account, and without the IMEI that the device showed: more likely somebody whose
            // ANDROID_ID was used elsewhere before.
            return 0;
        }

        // Where the installation is known, hardware that is not was not readable before.
        var novelty = _newInstallation == 0 ? 0 : _newInstallation + _newHardware;
        return Total(best) > (novelty * Twelfths) + (Contradiction * (_seenSupport - best.Support)) ? best.Device : 0;
    }

    /// <summary>The device that most speaks for, be it little; 0: nothing speaks for any.</summary>
    public readonly ulong Nearest() => _ownEvent != 0 ? _ownEvent : Best().Device;

    private static ulong Bit(byte mark) => mark == 0 ? 0 : 1UL << (mark & 63);

    private static int Total(Candidate candidate) => candidate.Support + (candidate.IsOwnAccount ? SameAccount * Twelfths : 0);

    private readonly Candidate Best()
    {
        var best = default(Candidate);
        for (var i = 0; i < _candidateCount; i++)
        {
            // The number breaks ties, so that every instance decides alike whatever the order of the logs.
            var candidate = _candidates[i];
            if ((Total(candidate), candidate.Device).CompareTo((Total(best), best.Device)) > 0)
            {
                best = candidate;
            }
        }

        return best;
    }

    [UnscopedRef]
    private ref Candidate Find(ulong device)
    {
        var index = 0;
        while (index < _candidateCount && _candidates[index].Device != device)
        {
            index++;
        }

        if (index == _candidateCount)
        {
            _candidates[_candidateCount++] = new Candidate { Device = device };
        }

        return ref _candidates[index];
    }

    [StructLayout(LayoutKind.Auto)]
    private struct Candidate
    {
        public ulong Device;
        public int Support;
        public bool IsOwnAccount;
        public bool IsInstallationKnown;
        public bool HasHardware;
    }

    [StructLayout(LayoutKind.Auto)]
    private struct Seen
    {
        public ulong Device;
        public bool IsOwnAccount;
        public bool HasHardware;
    }

    [InlineArray(MaxCandidates)]
    private struct Candidates
    {
        private Candidate _first;
    }

    // One more than counts, to know that there are more.
    [InlineArray(MaxFanOut + 1)]
    private struct SeenDevices
    {
        private Seen _first;
    }
}
