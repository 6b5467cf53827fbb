using System.ComponentModel.DataAnnotations;

namespace KekeStar.Antifraud.Audit;

/// <summary>Where the audit log is kept and for how long.</summary>
public sealed class AuditOptions
{
    /// <summary>
    /// Directory of the log, made if missing (mode 0700), for one process at a time. Default: <c>data/audit</c> below the
    /// working directory.
    /// </summary>
    [Required]
    public string Directory { get; set; } = Path.Combine("data", "audit");

    /// <summary>
    /// How long lines are kept, in days, 1 to 36,500. A whole month goes on the first of a month, once its last day is that
    /// old. Default: 1095: China's Personal Information Protection Law, Article 56, has processing records kept for at
    /// least three years.
    /// </summary>
    [Range(1, 36_500)]
    public int RetentionDays { get; set; } = 1095;
}
