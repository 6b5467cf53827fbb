using KekeStar.Antifraud.Intake;

namespace KekeStar.Antifraud.Windows;

/// <summary>
/// Which other devices sent the event's motion recording before: those that stand in the logs of at least two of its digests.
/// One digest two people can share by chance, two of one recording they practically cannot. Reused from event to event.
/// </summary>
/// <remarks>
/// A record without a device counts by its account. What the same account or the same device sent does not count. An
/// event that itself names no device may be of one that stands in the logs, so that one device less counts then: to
/// refuse identifiers never raises the number.
/// </remarks>
internal sealed class RecordingMatches
{
    /// <summary>The most devices that are told: 8. It takes two to know a recording again, and three to be sure.</summary>
    public const int MaxDevices = 8;

    /// <summary>Digests that a device must share.</summary>
    public const int MinDigests = 2;

    // Twice the senders that are kept. Eight logs of 256 attempts hold 2,048 at most; where there are that many the
    // first of them are enough.
    private const int Places = 1024;
    private const int MaxSenders = Places / 2;

    // What an account's hash is turned by, so that it is not taken for a device's.
    private const ulong AccountTurn = 0x9E37_79B9_7F4A_7C15;

    private readonly ulong[] _senders = new ulong[Places];
    private readonly byte[] _lastLogs = new byte[Places];
    private readonly byte[] _matches = new byte[Places];
    private ulong _account;
    private ulong _device;
    private int _used;
    private int _logs;
    private int _devices;
    private int _accounts;

    /// <summary>True if at least two digests of the event have been looked up.</summary>
    public bool IsKnown => _logs >= MinDigests;

    /// <summary>Number of other devices, 0 to <see cref="MaxDevices"/>.</summary>
    public int Devices => Math.Min(MaxDevices, Math.Max(0, _devices - (_device == 0 ? 1 : 0)) + _accounts);

    /// <summary>True if there may be more.</summary>
    public bool IsAtLeast { get; private set; }

    /// <summary>Forgets the last event.</summary>
    public void Clear()
    {
        if (_used != 0)
        {
            Array.Clear(_senders);
            Array.Clear(_matches);
        }

        _used = 0;
        _logs = 0;
        _devices = 0;
        _accounts = 0;
        IsAtLeast = false;
    }

    /// <summary>Adds one log of the event; only those of the recording's digests count.</summary>
    /// <param name="slot">Whose log it is.</param>
    /// <param name="tail">Its tail.</param>
    /// <param name="findings">What counting found in it.</param>
    /// <param name="own">The event's record.</param>
    public void Add(int slot, ReadOnlySpan<byte> tail, in TailFindings findings, in WindowRecord own)
    {
        if (EntitySlot.Kind(slot) != EntityKind.Recording)
        {
            return;
        }

        _logs++;
        _account = own.Account;
        _device = own.Device;
        IsAtLeast |= findings.NeedsMore;
        foreach (var record in new EarlierAttempts(tail, findings, own))
        {
            if (record.Account != 0 && record.Account == _account)
            {
                continue;
            }

            if (record.Device != 0)
            {
                if (record.Device != _device)
                {
                    Note(record.Device, ref _devices);
                }
            }
            else if (record.Account != 0)
            {
                Note(record.Account ^ AccountTurn, ref _accounts);
            }
        }
    }

    private void Note(ulong sender, ref int matching)
    {
        var place = (int)(sender % Places);
        while (_senders[place] != sender)
        {
            if (_senders[place] == 0)
            {
                if (_used == MaxSenders)
                {
                    IsAtLeast = true;
                    return;
                }

                _used++;
                _senders[place] = sender;
                _lastLogs[place] = 0;
                break;
            }

            place = (place + 1) % Places;
        }

        if (_lastLogs[place] != _logs)
        {
            _lastLogs[place] = (byte)_logs;
            matching += ++_matches[place] == MinDigests ? 1 : 0;
        }
    }
}
