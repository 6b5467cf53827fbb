namespace KekeStar.Antifraud.Tests.Intake.Motion;

/// <summary>Marks a theory that is skipped unless the environment names a folder of recordings.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RecordedTraceTheoryAttribute : TheoryAttribute
{
    public const string Variable = "KEKESTAR_MOTION_TRACES";

    public RecordedTraceTheoryAttribute()
    {
        if (Environment.GetEnvironmentVariable(Variable) is null)
        {
            Skip = $"Set {Variable} to a folder of recordings (docs/motion.md).";
        }
    }
}
