using System.Runtime.InteropServices;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Windows;

/// <summary>What an account's own log says of it besides counts.</summary>
/// <param name="IsKnown">True if the account had an attempt before.</param>
/// <param name="FirstSeenMilliseconds">Time of the earliest record; the event's own if there is none.</param>
/// <param name="IsDeviceKnown">True if an earlier attempt came from this device.</param>
/// <param name="IsNetworkKnown">True if an earlier attempt came from this network.</param>
/// <param name="CaptchaPassedMilliseconds">Time of the last captcha passed on this device; 0: none.</param>
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

    /// <summary>Reads the history in front of an event.</summary>
    /// <param name="tail">The tail of the account's log.</param>
    /// <param name="ownIndex">Where the event's record stands in it; −1: at its end.</param>
    /// <param name="own">The event's record, as written to the account's log.</param>
    public static AccountHistory Read(ReadOnlySpan<byte> tail, int ownIndex, in WindowRecord own)
    {
        var end = ownIndex < 0 ? tail.Length / WindowRecord.Length : ownIndex;
        bool isKnown = false, isDeviceKnown = false, isNetworkKnown = false, isEntitySetKnown = false;
        long firstSeen = own.TimeMilliseconds, passed = 0;
        for (var i = 0; i < end; i++)
        {
            var record = WindowRecord.Read(tail[(i * WindowRecord.Length)..]);
            var isSameDevice = own.Device != 0 && record.Device == own.Device;
            if (record.Outcome == (byte)Outcome.CaptchaPassed && isSameDevice)
            {
                passed = Math.Max(passed, record.TimeMilliseconds);
            }

            if (record.Outcome != (byte)Outcome.Unspecified)
            {
                continue;
            }

            isKnown = true;
            firstSeen = Math.Min(firstSeen, record.TimeMilliseconds);
            isDeviceKnown |= isSameDevice;
            isNetworkKnown |= AccountContext.Network(record.Account) == AccountContext.Network(own.Account);
            isEntitySetKnown |= AccountContext.EntitySet(record.Account) == AccountContext.EntitySet(own.Account)
                && record.TimeMilliseconds / DayMilliseconds == own.TimeMilliseconds / DayMilliseconds;
        }

        return new AccountHistory(isKnown, firstSeen, isDeviceKnown, isNetworkKnown, passed, isEntitySetKnown);
    }
}
