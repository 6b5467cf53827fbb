namespace KekeStar.Antifraud.Tests.Dashboard;

/// <summary>Marks a fact that is skipped unless the environment names a filled archive and a folder for pictures, see <c>docs/images/rebuild.sh</c>.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SampleArchiveFactAttribute : FactAttribute
{
    /// <summary>Names the archive.</summary>
    public const string Archive = "DASHBOARD_ARCHIVE";

    /// <summary>Names the folder for pictures.</summary>
    public const string Images = "DASHBOARD_IMAGES";

    public SampleArchiveFactAttribute()
    {
        if (Environment.GetEnvironmentVariable(Archive) is null || Environment.GetEnvironmentVariable(Images) is null)
        {
            Skip = $"Set {Archive} and {Images}, or run docs/images/rebuild.sh.";
        }
    }
}
