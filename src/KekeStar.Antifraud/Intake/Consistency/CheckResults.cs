using System.Runtime.InteropServices;

namespace KekeStar.Antifraud.Intake.Consistency;

/// <summary>Which checks could be made and which of them failed, one bit each.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct CheckResults
{
    /// <summary>Bits of the checks that could be made.</summary>
    public ulong Known { get; private set; }

    /// <summary>Bits of the checks that failed: a subset of <see cref="Known"/>.</summary>
    public ulong Violated { get; private set; }

    /// <summary>The bit of a check.</summary>
    public static ulong Bit(SignalCheck check) => 1ul << (int)check;

    /// <summary>Adds one comparison; one that failed is enough to violate the check.</summary>
    public void Add(SignalCheck check, bool violated)
    {
        Known |= Bit(check);
        if (violated)
        {
            Violated |= Bit(check);
        }
    }

    /// <summary>Adds a judgement of one identifier, unless it says nothing.</summary>
    public void Add(SignalCheck check, Soundness soundness)
    {
        if (soundness != Soundness.Unknown)
        {
            Add(check, soundness == Soundness.Broken);
        }
    }

    /// <summary>Adds what was found elsewhere.</summary>
    public void Add(CheckResults other)
    {
        Known |= other.Known;
        Violated |= other.Violated;
    }

    /// <summary>Compares two makers; 0 is unknown.</summary>
    public void Compare(SignalCheck check, ushort one, ushort other)
    {
        if (one != 0 && other != 0)
        {
            Add(check, one != other);
        }
    }
}
