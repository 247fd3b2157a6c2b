using NUnit.Framework.Constraints;

namespace LifetimeMonitor.NUnit;

/// <summary>The result of a check, whose message is the report as it is.</summary>
internal sealed class CollectedResult(CollectedConstraint constraint, LifetimeReport report, bool isInDescription)
    : ConstraintResult(constraint, report, report.Passes)
{
    public override void WriteMessageTo(MessageWriter writer) => writer.WriteLine(report.ToString());

    /// <summary>After "But was:", when this result is part of another's message.</summary>
    public override void WriteActualValueTo(MessageWriter writer) => writer.Write(IsSuccess ? "collected" : "alive");

    /// <summary>After that, unless the description says it.</summary>
    public override void WriteAdditionalLinesTo(MessageWriter writer)
    {
        if (!IsSuccess && !isInDescription) writer.WriteLine(report.ToString());
    }
}
