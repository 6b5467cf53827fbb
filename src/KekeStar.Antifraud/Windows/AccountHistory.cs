using System.Runtime.InteropServices;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Windows;

/// <summary>What an account's own log says of it besides counts.</summary>
/// <param name="IsKnown">True if the account had an attempt before.</param>
/// <param name="FirstSeenMilliseconds">Time of the earliest record; the event's own if there is none.</param>
/// <param name="IsDeviceKnown">
/// True if the device belongs to the account: the account's first attempt in the log came from it, or one at least a
/// day ago, and most of its attempts did not fail.
/// </param>
/// <param name="IsNetworkKnown">The same of the network (IPv4 /24, IPv6 /48).</param>
/// <param name="CaptchaPassedMilliseconds">
/// Time of the last captcha passed on this device; for an event that names no device, in its network, so that whoever
/// refuses the identifiers is not challenged again and again. 0: none.
/// </param>
/// <param name="IsEntitySetKnown">True if this set of entities was seen with the account on the same UTC day.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct AccountHistory(
    bool IsKnown,
    long FirstSeenMilliseconds,
    bool IsDeviceKnown,
    bool IsNetworkKnown,
    long CaptchaPassedMilliseconds,
    bool IsEntitySetKnown)
{
    private const long DayMilliseconds = 86_400_000;

    private static readonly long ReachMilliseconds = (long)WindowLimits.Retention.TotalMilliseconds;

    /// <summary>Reads the history in front of an event.</summary>
    /// <param name="tail">The tail of the account's log.</param>
    /// <param name="findings">What counting found in it.</param>
    /// <param name="own">The event's record, as written to the account's log.</param>
    public static AccountHistory Read(ReadOnlySpan<byte> tail, in TailFindings findings, in WindowRecord own)
    {
        var end = findings.OwnIndex < 0 ? tail.Length / WindowRecord.Length : findings.OwnIndex;
        bool isKnown = false, isEntitySetKnown = false;
        long firstSeen = own.TimeMilliseconds, passed = 0;
        var hasNetwork = AccountContext.Network(own.Account) != 0;
        Standing device = default, network = default;
        for (var i = findings.StartIndex; i < end; i++)
        {
            var record = WindowRecord.Read(tail[(i * WindowRecord.Length)..]);
            if (own.TimeMilliseconds - record.TimeMilliseconds >= ReachMilliseconds)
            {
                // Whether it is still there depends on when the log was last trimmed, and on when its key epoch began.
                continue;
            }

            var isSameDevice = own.Device != 0 && record.Device == own.Device;
            var isSameNetwork = AccountContext.Network(record.Account) == AccountContext.Network(own.Account);
            var isSettled = own.TimeMilliseconds - record.TimeMilliseconds >= DayMilliseconds;
            switch ((Outcome)record.Outcome)
            {
                case Outcome.CaptchaPassed when own.Device == 0 ? isSameNetwork && hasNetwork : isSameDevice:
                    passed = Math.Max(passed, record.TimeMilliseconds);
                    break;
                case Outcome.LoginFailed:
                    device.Failed += isSameDevice ? 1 : 0;
                    network.Failed += isSameNetwork ? 1 : 0;
                    break;
                case Outcome.Unspecified:
                    device.Count(isSameDevice, isFirst: !isKnown, isSettled);
                    network.Count(isSameNetwork, isFirst: !isKnown, isSettled);
                    isKnown = true;
                    firstSeen = Math.Min(firstSeen, record.TimeMilliseconds);
                    isEntitySetKnown |= AccountContext.EntitySet(record.Account) == AccountContext.EntitySet(own.Account)
                        && record.TimeMilliseconds / DayMilliseconds == own.TimeMilliseconds / DayMilliseconds;
                    break;
            }
        }

        return new AccountHistory(isKnown, firstSeen, device.IsKnown, network.IsKnown, passed, isEntitySetKnown);
    }

    // A device or network belongs to the account if the account began on it, or was used from it at least a day ago;
    // wrong passwords count against it. Otherwise a thief's own failed attempts would make the thief's device known.
    [StructLayout(LayoutKind.Auto)]
    private struct Standing
    {
        public int Failed;
        private int _attempts;
        private bool _isOld;

        public readonly bool IsKnown => _isOld && _attempts > Failed;

        public void Count(bool isSame, bool isFirst, bool isSettled)
        {
            if (isSame)
            {
                _attempts++;
                _isOld |= isFirst || isSettled;
            }
        }
    }
}
