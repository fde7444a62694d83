/** Every failure that can occur on the way of a file: what happened, what it means, what to do. */
export const intakeProblems = {
  'not-signed-in': {
    what: '登录已过期。',
    means: '刚才的操作没有完成，没有改动任何数据。',
    todo: '重新登录后再做一次。',
  },
  'not-allowed': {
    what: '您的账号不能做这一步，或所选范围、数据种类不归您管。',
    means: '没有保存任何内容。',
    todo: '检查“覆盖范围”和“数据种类”；确需办理请联系县级管理员。',
  },
  'not-found': {
    what: '找不到要用的内容：刚上传的文件、所选范围或要更正的批次。',
    means: '没有建立新的批次。',
    todo: '重新上传一次文件；若在更正旧批次，请重新选择。',
  },
  'bad-request': {
    what: '列对应关系与文件不符。',
    means: '没有建立新的批次。',
    todo: '重新选择数据种类，核对每一列，再开始比对。',
  },
  'file-empty': {
    what: '文件里没有数据。',
    means: '可能导出时没有选中内容，或只存了空的工作表。',
    todo: '打开文件看看有没有数据行，重新导出后再传。',
  },
  'file-too-large': {
    what: '文件太大，超过 {{limit}}。',
    means: '没有保存这个文件。',
    todo: '按县或按月份拆成几个文件分别上传；另存为 csv 通常会小很多。',
  },
  'file-unreadable': {
    what: '文件读不出来。',
    means: '没有任何内容入库。',
    todo: '用 Excel 打开看看是否正常，另存为 xlsx 或 csv 后再传。',
  },
  'not-a-table': {
    what: '这不是表格文件，看起来是{{looksLike}}。',
    means: '系统只能读表格，图片、文档里的内容读不出来。',
    todo: '找到原来的 Excel 或 csv 文件上传；若只有文档，请先整理成表格。',
  },
  archive: {
    what: '这是一个压缩包（{{looksLike}}）。',
    means: '压缩包里可能有多个文件，系统不会自动拆开。',
    todo: '先解压，再把里面的表格一个一个上传。',
  },
  unsupported: {
    what: '这种表格格式（{{looksLike}}）读不了。',
    means: '没有保存这个文件。',
    todo: '用 Excel 或 WPS 打开，另存为 xlsx 后再传。',
  },
  encrypted: {
    what: '文件加了打开密码。',
    means: '系统不知道密码，读不出内容。',
    todo: '在 Excel 里去掉密码（文件 → 信息 → 保护工作簿），保存后再传。上传的文件由系统加密存放。',
  },
  damaged: {
    what: '文件已损坏，读到一半读不下去。',
    means: '没有任何内容入库。常见原因是下载或拷贝没有完成。',
    todo: '重新导出或重新拷贝一份；能用 Excel 打开的话，另存为 xlsx 再传。',
  },
  'too-large': {
    what: '文件展开后大得不正常。',
    means: '为保护系统没有继续读取，没有任何内容入库。',
    todo: '删掉多余的工作表和空白行，或另存为 csv 后再传。',
  },
  'cell-too-long': {
    what: '第 {{row}} 行第 {{column}} 列的一格有超过 {{limit}} 个字。',
    means: '这不像表格里的一格，为保护系统没有继续读取，没有任何内容入库。',
    todo: '打开文件看这一格：多半是把整段文字或图片粘了进去。删掉后再传。',
  },
  'row-too-long': {
    what: '第 {{row}} 行太长，超过 {{limit}} 个字。',
    means: '为保护系统没有继续读取，没有任何内容入库。',
    todo: '打开文件看这一行：多半是缺了换行，或粘进了别的内容。改好后再传。',
  },
  'too-many-columns': {
    what: '第 {{row}} 行有超过 {{limit}} 列。',
    means: '没有哪张部门的表有这么宽，没有任何内容入库。',
    todo: '检查这一行是否缺了换行，或分隔符不对；也可以用 Excel 另存为 xlsx 再传。',
  },
  'quote-not-closed': {
    what: '第 {{row}} 行有一个引号（"）没有结束。',
    means: '从这一行起分不清哪里是一格，没有任何内容入库。',
    todo: '打开文件到第 {{row}} 行，删掉多余的引号；或用 Excel 另存为 xlsx 再传。',
  },
  'sheet-not-found': {
    what: '文件里没有工作表“{{sheet}}”。',
    means: '没有任何内容入库。',
    todo: '重新上传文件，再选一次工作表。',
  },
  'header-not-found': {
    what: '没有找到表头。',
    means: '前 40 行里没有一行像列名，系统不知道每一列是什么。',
    todo: '确认文件里有一行写着列名（如“姓名”“证件号码”），再传一次。',
  },
  'columns-missing': {
    what: '缺少必填的列：{{columns}}。',
    means: '缺了这些列就无法比对，没有建立新的批次。',
    todo: '在列对应关系里选出相当的列；文件里确实没有的，请补上再传。',
  },
  'columns-doubtful': {
    what: '这些列像是有用的，还没有回答：{{columns}}。',
    means: '漏掉一列金额会算错，没有建立新的批次。',
    todo: '在列对应关系里选上，或勾选“用不上”，再开始比对。',
  },
  'unit-contradictory': {
    what: '金额单位前后矛盾：{{place}} 写着“{{text}}”，另一处写着“{{other}}”。',
    means: '不知道该按哪一个换算，没有任何金额入库。',
    todo: '打开文件，只留对的一个单位，再传一次。',
  },
  'unit-unknown': {
    what: '{{place}} 写着“{{text}}”，不知道是什么金额单位。',
    means: '不知道怎样换算成元，没有任何金额入库。',
    todo: '把单位改成 元、百元、千元、万元、亿元 中的一个，再传一次。',
  },
  'currency-foreign': {
    what: '{{place}} 写着“{{text}}”，是外币。',
    means: '系统只收人民币金额，没有任何金额入库。',
    todo: '折成人民币、写明单位后再传。',
  },
  'basis-differs': {
    what: '{{place}} 写着“{{text}}”：说的是人均、每月或别的时段的金额，不是这一列要的。',
    means: '不知道怎样换算，没有任何金额入库。',
    todo: '把金额改成列名所说的（收入按全户全年，补助按月），并改好标题或列名，再传一次。',
  },
  'sheets-unclear': {
    what: '不能确定要读哪些工作表：{{sheets}}。',
    means: '它们的列不同，或者有的是隐藏的、没有表头，没有建立新的批次。',
    todo: '选一张来读，或只勾选列相同的几张；也可以把各表的列改得一样再传。',
  },
  'names-cut': {
    what: 'dbf 的列名被截断后分不清：{{columns}}。',
    means: '没有建立新的批次。',
    todo: '在列对应关系里逐列选择；或另存为列名完整的 xlsx、csv 再传。',
  },
  'batch-not-held': {
    what: '这一批已经有人处理过了。',
    means: '您这次的决定没有生效。',
    todo: '页面已更新，请看最新状态。',
  },
  'batch-not-merged': {
    what: '这一批还没有入库。',
    means: '没有做任何改动。',
    todo: '等它入库后再更正或确认；不更正的话，不选“更正以前的批次”即可。',
  },
  'reason-required': { what: '没有写理由。', means: '决定没有生效。', todo: '写明理由后再确认。' },
  'too-many-rows': { what: '行数太多。', means: '没有处理任何一行。', todo: '少选一些，分几次处理。' },
  'key-wrong': {
    what: '系统的加密密钥与数据不符。',
    means: '已存的文件打不开，这一批没有处理。',
    todo: '请系统管理员检查密钥文件；不要反复上传。',
  },
  'file-damaged': {
    what: '存下来的文件已损坏，不是密钥的问题。',
    means: '这一批没有处理，以前入库的数据不受影响。',
    todo: '请重新上传同一份文件；并请系统管理员检查磁盘，从备份恢复损坏的文件。',
  },
  internal: {
    what: '系统内部出错，不是文件的问题。',
    means: '这一步没有完成，以前的数据不受影响。',
    todo: '过一会儿再试；还不行请把下面的代号告诉系统管理员。',
  },
  offline: {
    what: '网络断了，或服务暂时没有回应。',
    means: '刚才的操作可能没有完成。',
    todo: '检查网络后重试。选好的文件和设定还在。',
  },
}
