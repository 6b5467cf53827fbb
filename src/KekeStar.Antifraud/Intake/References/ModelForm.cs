using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace KekeStar.Antifraud.Intake.References;

/// <summary>
/// A form of model names with what its first eight bytes say outright: nearly all forms that a name is not of are told by one
/// comparison (docs/decisions/0023).
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct ModelForm
{
    private readonly ulong _literals;
    private readonly ulong _mask;

    /// <summary>Makes a form.</summary>
    /// <param name="index">Its index in the list of forms.</param>
    /// <param name="pattern">The form.</param>
    internal ModelForm(int index, ReadOnlySpan<byte> pattern)
    {
        Index = index;
        Span<byte> mask = stackalloc byte[sizeof(ulong)];
        mask.Clear();
        for (var at = 0; at < Math.Min(pattern.Length, mask.Length) && pattern[at] != ModelPattern.Any; at++)
        {
            mask[at] = ModelPattern.IsLiteral(pattern[at]) ? byte.MaxValue : (byte)0;
        }

        _mask = BinaryPrimitives.ReadUInt64LittleEndian(mask);
        _literals = BeginningOf(pattern) & _mask;
    }

    /// <summary>Its index in the list of forms.</summary>
    internal int Index { get; }

    /// <summary>The first eight bytes of a name, zeros behind a shorter one.</summary>
    internal static ulong BeginningOf(ReadOnlySpan<byte> name)
    {
        if (name.Length >= sizeof(ulong))
        {
            return BinaryPrimitives.ReadUInt64LittleEndian(name);
        }

        var beginning = 0UL;
        for (var at = name.Length - 1; at >= 0; at--)
        {
            beginning = (beginning << 8) | name[at];
        }

        return beginning;
    }

    /// <summary>False if no name that begins so is of the form.</summary>
    /// <param name="beginning">What <see cref="BeginningOf"/> gives.</param>
    internal bool MayBegin(ulong beginning) => (beginning & _mask) == _literals;
}
