using System.Buffers.Binary;
using System.Runtime.InteropServices;
using KekeStar.Antifraud.Intake;

namespace KekeStar.Antifraud.Windows;

/// <summary>
/// One entry of an entity's window log: 32 bytes, fixed. An entity's log is the concatenation of its records in
/// the order in which the store took them.
/// </summary>
/// <remarks>
/// Layout, little endian: time (6 bytes, Unix milliseconds), scene (1), outcome with the late flag in its top bit (1),
/// account (8), device (8), event (8).
/// </remarks>
/// <param name="TimeMilliseconds">Event time, Unix milliseconds, 0 … 2^48 − 1.</param>
/// <param name="Scene">Number of the contract's Scene.</param>
/// <param name="Outcome">0: the attempt itself; else the number of the contract's Outcome, 1 … 127.</param>
/// <param name="IsLate">True if the event arrived more than <see cref="IntakeLimits.MaxClockSkew"/> after its time.</param>
/// <param name="Account">First 64 bits of the account's pseudonym; 0: no account.</param>
/// <param name="Device">First 64 bits of the device's pseudonym; 0: no device.</param>
/// <param name="EventHash">First 64 bits of the event id's pseudonym.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct WindowRecord(
    long TimeMilliseconds,
    byte Scene,
    byte Outcome,
    bool IsLate,
    ulong Account,
    ulong Device,
    ulong EventHash)
{
    /// <summary>Length in bytes.</summary>
    public const int Length = 32;

    /// <summary>
    /// Outcome of the record that stands first in a log whose older records were cut away: its time is the latest
    /// time among them. The contract's outcomes never reach this number.
    /// </summary>
    public const byte CutOutcome = 0x7F;

    private const byte LateFlag = 0x80;

    /// <summary>True if the record stands for cut ones instead of an event.</summary>
    public bool IsCut => Outcome == CutOutcome;

    /// <summary>Makes the record that stands for cut ones.</summary>
    /// <param name="latestMilliseconds">Latest time among them.</param>
    public static WindowRecord Cut(long latestMilliseconds) =>
        new(latestMilliseconds, Scene: 0, CutOutcome, IsLate: false, Account: 0, Device: 0, EventHash: 0);

    /// <summary>Writes the record to at least 32 bytes.</summary>
    public void Write(Span<byte> destination)
    {
        var head = ((ulong)TimeMilliseconds & 0xFFFF_FFFF_FFFF)
            | ((ulong)Scene << 48)
            | ((ulong)(byte)(Outcome | (IsLate ? LateFlag : 0)) << 56);
        BinaryPrimitives.WriteUInt64LittleEndian(destination, head);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[8..], Account);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[16..], Device);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[24..], EventHash);
    }

    /// <summary>Reads a record from at least 32 bytes.</summary>
    public static WindowRecord Read(ReadOnlySpan<byte> source)
    {
        var head = BinaryPrimitives.ReadUInt64LittleEndian(source);
        var outcome = (byte)(head >> 56);
        return new WindowRecord(
            (long)(head & 0xFFFF_FFFF_FFFF),
            (byte)(head >> 48),
            (byte)(outcome & ~LateFlag),
            (outcome & LateFlag) != 0,
            BinaryPrimitives.ReadUInt64LittleEndian(source[8..]),
            BinaryPrimitives.ReadUInt64LittleEndian(source[16..]),
            BinaryPrimitives.ReadUInt64LittleEndian(source[24..]));
    }
}
