using System.Diagnostics.CodeAnalysis;

namespace KekeStar.Antifraud.Cli.Reading;

/// <summary>Ends the reading of one JSON text; caught by <see cref="JsonInput"/>, which gives the fault a place.</summary>
/// <remarks>
/// Not a failure that callers see. A descent through nested messages ends at its first fault, and a result passed up
/// through every level would hide the grammar that the code follows.
/// </remarks>
[SuppressMessage("Roslynator", "RCS1194:Implement exception constructors", Justification = "A fault without a place is of no use.")]
internal sealed class InputFaultException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="offset">Byte offset of the fault in the text.</param>
    /// <param name="field">Path of the field.</param>
    /// <param name="problem">What is wrong; without any value of the input.</param>
    public InputFaultException(long offset, string field, string problem)
        : base(problem)
    {
        Offset = offset;
        Field = field;
    }

    /// <summary>Byte offset of the fault in the text.</summary>
    public long Offset { get; }

    /// <summary>Path of the field.</summary>
    public string Field { get; }
}
