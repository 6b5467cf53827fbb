using System.Runtime.InteropServices;
using KekeStar.Antifraud.Scoring;

namespace KekeStar.Antifraud.Archive.Judging;

/// <summary>What is known of one event.</summary>
/// <param name="IsFraud">True: it should have been stopped; false: it should not.</param>
/// <param name="Source">Who says so.</param>
/// <param name="Segment">Number of its segment in <see cref="TruthBook"/>; 0: none is known.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Truth(bool IsFraud, TruthSource Source, ushort Segment)
{
    // One more than the risk; 0: none is known. There are millions of these.
    private readonly byte _risk;

    /// <summary>The risk that it is; null: nobody said, or it is none.</summary>
    public Risk? Risk
    {
        get => _risk == 0 ? null : (Risk)(_risk - 1);
        init => _risk = value is { } risk ? (byte)(risk + 1) : (byte)0;
    }

    /// <summary>True for an adversary that no training may see.</summary>
    public bool IsUnseen { get; init; }
}
