package org.eveproof.spec.tlc;

import java.util.HashSet;
import java.util.Set;
import java.util.function.ToLongFunction;
import tla2sany.semantic.ASTConstants;
import tla2sany.semantic.ExprOrOpArgNode;
import tla2sany.semantic.LabelNode;
import tla2sany.semantic.LetInNode;
import tla2sany.semantic.OpApplNode;
import tla2sany.semantic.OpDefNode;
import tla2sany.semantic.SemanticNode;
import tlc2.tool.BuiltInOPs;
import tlc2.tool.ToolGlobals;
import tlc2.tool.impl.FastTool;
import util.UniqueString;

/**
 * Finds out which variables an action's formula says are UNCHANGED. A step that changes one of them
 * is not a step of the action, whatever else the formula says; so most actions need not be
 * evaluated to recognise a step. Variables that the analysis does not understand are left out.
 */
final class UnchangedVariables {
  private final FastTool tool;
  private final UniqueString[] variables;
  private final Set<OpDefNode> entered = new HashSet<>();

  UnchangedVariables(FastTool tool, UniqueString[] variables) {
    this.tool = tool;
    this.variables = variables;
  }

  /** Returns a bit for each of the first 64 variables that the formula implies to be unchanged. */
  long of(SemanticNode formula) {
    if (formula instanceof LetInNode let) {
      return of(let.getBody());
    }
    if (formula instanceof LabelNode label) {
      return of(label.getBody());
    }
    if (!(formula instanceof OpApplNode application)) {
      return 0;
    }
    ExprOrOpArgNode[] args = application.getArgs();
    switch (BuiltInOPs.getOpCode(application.getOperator().getName())) {
      case ToolGlobals.OPCODE_cl:
      case ToolGlobals.OPCODE_land:
        long all = 0;
        for (ExprOrOpArgNode conjunct : args) {
          all |= of(conjunct);
        }
        return all;
      case ToolGlobals.OPCODE_dl:
      case ToolGlobals.OPCODE_lor:
        long common = -1;
        for (ExprOrOpArgNode disjunct : args) {
          common &= of(disjunct);
        }
        return common;
      case ToolGlobals.OPCODE_ite:
        return of(args[1]) & of(args[2]);
      case ToolGlobals.OPCODE_be:
        return of(args[0]);
      case ToolGlobals.OPCODE_unchanged:
        return named(args[0]);
      case 0:
        return withinDefinition(application, this::of);
      default:
        return 0;
    }
  }

  private long named(SemanticNode expression) {
    if (!(expression instanceof OpApplNode application)) {
      return 0;
    }
    if (application.getOperator().getKind() == ASTConstants.VariableDeclKind) {
      for (int i = 0; i < Math.min(variables.length, Long.SIZE); i++) {
        if (variables[i].equals(application.getOperator().getName())) {
          return 1L << i;
        }
      }
      return 0;
    }
    int opcode = BuiltInOPs.getOpCode(application.getOperator().getName());
    if (opcode == ToolGlobals.OPCODE_tup) {
      long all = 0;
      for (ExprOrOpArgNode element : application.getArgs()) {
        all |= named(element);
      }
      return all;
    }
    return opcode == 0 ? withinDefinition(application, this::named) : 0;
  }

  private long withinDefinition(OpApplNode application, ToLongFunction<SemanticNode> analysis) {
    if (application.getOperator().getKind() != ASTConstants.UserDefinedOpKind
        || !(tool.lookup(application.getOperator()) instanceof OpDefNode definition)
        || !entered.add(definition)) {
      return 0;
    }
    try {
      return analysis.applyAsLong(definition.getBody());
    } finally {
      entered.remove(definition);
    }
  }
}
