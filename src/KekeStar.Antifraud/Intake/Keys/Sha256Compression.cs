using System.Runtime.InteropServices;

namespace KekeStar.Antifraud.Intake.Keys;

/// <summary>
/// The compression function of SHA-256 (FIPS 180-4, section 6.2.2) out of OpenSSL's libcrypto, the library that .NET itself
/// hashes with on Linux: with the processor's own instructions where it has them.
/// </summary>
/// <remarks>
/// .NET reaches the same code through OpenSSL's HMAC objects, whose upkeep (error queues, copies, allocations) costs three
/// times what the two compressions of a short HMAC do (docs/decisions/0023). OpenSSL deprecates the entry point since 3.0 in
/// favour of those objects, so it may go one day, other systems have none, and it knows nothing of providers, so that a host
/// in FIPS mode must not use it: then <see cref="IsAvailable"/> is false.
/// </remarks>
internal static unsafe class Sha256Compression
{
    /// <summary>Bytes of a block.</summary>
    public const int BlockLength = 64;

    /// <summary>Words of a state.</summary>
    public const int StateWords = 8;

    /// <summary>
    /// Words that a state must have room for: SHA256_CTX of OpenSSL's sha.h begins with the state; the function has no business
    /// with the length, block and counts behind it, which are not set here.
    /// </summary>
    public const int ContextWords = 28;

    private const string Library = "libcrypto.so.3";

    private static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<uint*, byte*, void> Transform = Find();

    /// <summary>True if the function is there and gives what the standard says.</summary>
    public static bool IsAvailable { get; } = Transform != null && IsThatOfTheStandard();

    // FIPS 180-4, section 5.3.3.
    private static ReadOnlySpan<uint> InitialState =>
        [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19];

    /// <summary>Sets the state of a hash of which nothing is read yet.</summary>
    public static void Begin(Span<uint> state) => InitialState.CopyTo(state);

    /// <summary>Takes a block into a state. Takes about 60 ns, so it is called without telling the garbage collector.</summary>
    /// <param name="state">The state, <see cref="ContextWords"/> words; the first <see cref="StateWords"/> are set.</param>
    /// <param name="block">The block, <see cref="BlockLength"/> bytes.</param>
    public static void Compress(Span<uint> state, ReadOnlySpan<byte> block)
    {
        fixed (uint* context = state[..ContextWords])
        fixed (byte* data = block[..BlockLength])
        {
            Transform(context, data);
        }
    }

    private static delegate* unmanaged[Cdecl, SuppressGCTransition]<uint*, byte*, void> Find() =>
        NativeLibrary.TryLoad(Library, out var library)
        && NativeLibrary.TryGetExport(library, "SHA256_Transform", out var address)
        && NativeLibrary.TryGetExport(library, "EVP_default_properties_is_fips_enabled", out var isFips)
        && ((delegate* unmanaged[Cdecl]<void*, int>)isFips)(null) == 0
            ? (delegate* unmanaged[Cdecl, SuppressGCTransition]<uint*, byte*, void>)address
            : null;

    // The message "abc", whose hash the standard's example gives.
    private static bool IsThatOfTheStandard()
    {
        ReadOnlySpan<uint> expected =
            [0xba7816bf, 0x8f01cfea, 0x414140de, 0x5dae2223, 0xb00361a3, 0x96177a9c, 0xb410ff61, 0xf20015ad];
        Span<uint> state = stackalloc uint[ContextWords];
        Span<byte> block = stackalloc byte[BlockLength];
        block.Clear();
        "abc"u8.CopyTo(block);
        block[3] = 0x80;
        block[^1] = 24;
        Begin(state);
        Compress(state, block);
        return state[..StateWords].SequenceEqual(expected);
    }
}
