using System.Runtime.InteropServices;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Windows;

/// <summary>What <see cref="LogAttempts"/> says of an attempt; the rest of its record is not even read.</summary>
/// <param name="TimeMilliseconds">Event time, Unix milliseconds.</param>
/// <param name="EventHash">First 64 bits of the event id's pseudonym.</param>
/// <param name="SceneNumber">Number of the contract's Scene.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct LogAttempt(long TimeMilliseconds, ulong EventHash, byte SceneNumber)
{
    /// <summary>True if it is a registration.</summary>
    public bool IsRegistration => SceneNumber == (byte)Scene.Register;
}
