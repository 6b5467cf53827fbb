namespace KekeStar.Antifraud.Intake.Sealing;

/// <summary>Where opened identifiers lie while they are read. Whoever uses it clears it in <c>finally</c>.</summary>
internal static class OpenedBuffer
{
    /// <summary>
    /// Up to this many bytes they lie on the stack: 2 KiB. All identifiers and descriptions of a device with two
    /// SIM cards take 531 bytes; only lists and samples take more.
    /// </summary>
    public const int MaxStackBytes = 2048;

    [ThreadStatic]
    private static byte[]? _large;

    /// <summary>Memory of this thread's own for more, pinned, so that the collector never leaves a copy of it behind.</summary>
    public static Span<byte> Large => _large ??= GC.AllocateUninitializedArray<byte>(V1.SealedFormat.MaxPlaintextLength, pinned: true);
}
