using System.Buffers.Binary;
using System.Runtime.InteropServices;
using KekeStar.Antifraud.Intake;

namespace KekeStar.Antifraud.Windows;

/// <summary>
/// One entry of an entity's window log: 32 bytes, fixed. An entity's log is the concatenation of its records in
/// the order in which the store took them.
/// </summary>
/// <remarks>
/// Layout, little endian: 8 bytes of which, from the lowest bit on, time takes 42 bits (Unix milliseconds, until the year
/// 2109), install 6, hardware 6, scene 4, outcome 4 and the late flag the highest; then account (8 bytes), device (8),
/// event (8).
/// </remarks>
/// <param name="TimeMilliseconds">Event time, Unix milliseconds, 0 … 2^42 − 1.</param>
/// <param name="Scene">Number of the contract's Scene, 0 … 15.</param>
/// <param name="Outcome">0: the attempt itself; else the number of the contract's Outcome, 1 … 14.</param>
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
    /// <summary>Largest time, Unix milliseconds.</summary>
    public const long MaxTimeMilliseconds = (1L << TimeBits) - 1;

    /// <summary>Length in bytes.</summary>
    public const int Length = 32;

    /// <summary>
    /// Outcome of the record that stands first in a log whose older records were cut away: its time is the latest
    /// time among them. The contract's outcomes never reach this number.
    /// </summary>
    public const byte CutOutcome = 0x0F;

    private const int TimeBits = 42;
    private const int InstallShift = TimeBits;
    private const int HardwareShift = InstallShift + DeviceMark.Bits;
    private const int SceneShift = HardwareShift + DeviceMark.Bits;
    private const int OutcomeShift = SceneShift + NibbleBits;
    private const int NibbleBits = 4;
    private const ulong Nibble = (1UL << NibbleBits) - 1;
    private const ulong LateFlag = 1UL << 63;

    /// <summary>The <see cref="DeviceMark"/> of the installation; 0: unknown.</summary>
    public byte Install { get; init; }

    /// <summary>The <see cref="DeviceMark"/> of the hardware; in an account's own log that of the SIM card. 0: unknown.</summary>
    public byte Hardware { get; init; }

    /// <summary>True if the record stands for cut ones instead of an event.</summary>
    public bool IsCut => Outcome == CutOutcome;

    /// <summary>
    /// Tells records of one log apart: an attempt and each outcome of it bear the same event hash. The factor is 2^64 divided by
    /// the golden ratio, which spreads the few outcomes over all bits (Knuth, The Art of Computer Programming 3, 6.4).
    /// </summary>
    internal ulong Mark => EventHash + (Outcome * 0x9E37_79B9_7F4A_7C15UL);

    /// <summary>Makes the record that stands for cut ones.</summary>
    /// <param name="latestMilliseconds">Latest time among them.</param>
    public static WindowRecord Cut(long latestMilliseconds) =>
        new(latestMilliseconds, Scene: 0, CutOutcome, IsLate: false, Account: 0, Device: 0, EventHash: 0);

    /// <summary>The time in a record's first eight bytes.</summary>
    internal static long TimeOf(ulong head) => (long)(head & MaxTimeMilliseconds);

    /// <summary>The scene in a record's first eight bytes.</summary>
    internal static byte SceneOf(ulong head) => (byte)((head >> SceneShift) & Nibble);

    /// <summary>The outcome in a record's first eight bytes.</summary>
    internal static byte OutcomeOf(ulong head) => (byte)((head >> OutcomeShift) & Nibble);

    /// <summary>The late flag in a record's first eight bytes.</summary>
    internal static bool IsLateOf(ulong head) => (head & LateFlag) != 0;

    /// <summary>The device in a record's bytes.</summary>
    internal static ulong DeviceOf(ReadOnlySpan<byte> record) => BinaryPrimitives.ReadUInt64LittleEndian(record[16..]);

    /// <summary>Writes the record to at least 32 bytes.</summary>
    public void Write(Span<byte> destination)
    {
        var head = ((ulong)TimeMilliseconds & MaxTimeMilliseconds)
            | ((ulong)Install << InstallShift)
            | ((ulong)Hardware << HardwareShift)
            | ((ulong)Scene << SceneShift)
            | ((ulong)Outcome << OutcomeShift)
            | (IsLate ? LateFlag : 0);
        BinaryPrimitives.WriteUInt64LittleEndian(destination, head);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[8..], Account);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[16..], Device);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[24..], EventHash);
    }

    /// <summary>Reads a record from at least 32 bytes.</summary>
    public static WindowRecord Read(ReadOnlySpan<byte> source)
    {
        var head = BinaryPrimitives.ReadUInt64LittleEndian(source);
        return new WindowRecord(
            TimeOf(head),
            SceneOf(head),
            OutcomeOf(head),
            IsLateOf(head),
            BinaryPrimitives.ReadUInt64LittleEndian(source[8..]),
            BinaryPrimitives.ReadUInt64LittleEndian(source[16..]),
            BinaryPrimitives.ReadUInt64LittleEndian(source[24..]))
        {
            Install = (byte)((head >> InstallShift) & DeviceMark.Mask),
            Hardware = (byte)((head >> HardwareShift) & DeviceMark.Mask),
        };
    }
}
