using Microsoft.ML.Data;

namespace KekeStar.Antifraud.Learning.Training;

/// <summary>One event as ML.NET reads it.</summary>
internal sealed class InputRow
{
    /// <summary>True if it is the risk.</summary>
    public bool Label { get; set; }

    /// <summary>The inputs, none unknown.</summary>
    public float[] Features { get; set; } = [];
}

/// <summary>What ML.NET says of one event.</summary>
internal sealed class OutputRow
{
    /// <summary>Log-odds.</summary>
    [ColumnName("Score")]
    public float Score { get; set; }
}
