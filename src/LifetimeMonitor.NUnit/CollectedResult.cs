using LifetimeMonitoring.Reports;
using NUnit.Framework.Constraints;

namespace LifetimeMonitoring.NUnit;

/// <summary>The result of a check, with the report as its message.</summary>
internal sealed class CollectedResult(CollectedConstraint constraint, LifetimeReport report, bool isInDescription)
    : ConstraintResult(constraint, report, report.Passes)
{
    public override void WriteMessageTo(MessageWriter writer) => writer.WriteLine(report.ToString());

    /// <summary>The text after "But was:", when this result is part of another message.</summary>
    public override void WriteActualValueTo(MessageWriter writer) => writer.Write(IsSuccess ? "collected" : "alive");

    /// <summary>The text after the actual value, unless the description contains it.</summary>
    public override void WriteAdditionalLinesTo(MessageWriter writer)
    {
        if (!IsSuccess && !isInDescription) writer.WriteLine(report.ToString());
    }
}
