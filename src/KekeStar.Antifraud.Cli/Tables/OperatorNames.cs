using KekeStar.Antifraud.Intake.References;

namespace KekeStar.Antifraud.Cli.Tables;

/// <summary>Reads operators in files kept by hand.</summary>
internal static class OperatorNames
{
    /// <summary>Reads a cell: the name of an operator, or "-".</summary>
    /// <exception cref="InvalidDataException">It is neither.</exception>
    public static byte Read(TsvRow row, string cell) => cell switch
    {
        "-" => OperatorFamily.Unknown,
        "china_mobile" => OperatorFamily.ChinaMobile,
        "china_unicom" => OperatorFamily.ChinaUnicom,
        "china_telecom" => OperatorFamily.ChinaTelecom,
        "china_broadnet" => OperatorFamily.ChinaBroadnet,
        _ => throw row.Fault($"'{cell}' is no operator"),
    };
}
